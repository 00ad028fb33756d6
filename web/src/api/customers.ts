import { type Query, request } from "@/api/client";
import type {
  CustomerChange,
  CustomerDetail,
  CustomerItem,
  CustomerSummary,
  Found,
  Page,
  Similar,
  Tag,
} from "@/api/types";

export const listCustomers = (query: Query, signal?: AbortSignal) =>
  request<Page<CustomerItem>>("GET", "/customers", { query, signal });

export const summariseCustomers = (query: Query, signal?: AbortSignal) =>
  request<CustomerSummary>("GET", "/customers/summary", { query, signal });

export const getCustomer = (id: number, signal?: AbortSignal) =>
  request<CustomerDetail>("GET", `/customers/${id}`, { signal });

export const createCustomer = (body: CustomerChange) =>
  request<CustomerDetail>("POST", "/customers", { body });

export const changeCustomer = (id: number, version: number, change: CustomerChange) =>
  request<CustomerDetail>("PATCH", `/customers/${id}`, { body: { version, ...change } });

export const deleteCustomer = (id: number) => request<void>("DELETE", `/customers/${id}`);

export const restoreCustomer = (id: number) =>
  request<CustomerDetail>("POST", `/customers/${id}/restoration`);

export const findSimilar = (query: Query, signal?: AbortSignal) =>
  request<{ items: Similar[] }>("GET", "/customers/similar", { query, signal });

export const listTags = () => request<Page<Tag>>("GET", "/tags");

export const search = (q: string, signal?: AbortSignal) =>
  request<{ items: Found[] }>("GET", "/search", { query: { q, limit: 12 }, signal });
