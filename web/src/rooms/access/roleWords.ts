/** The roles every installation begins with (server: zhike/access/rights.py). */
export const SHIPPED: ReadonlySet<string> = new Set([
  "sales",
  "sales_lead",
  "service",
  "service_lead",
  "marketing",
  "administrator",
  "auditor",
]);
