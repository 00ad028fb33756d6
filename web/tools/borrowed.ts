import type { Plugin } from "vite";

/** For the development server: lends its page the CSRF cookie that the real server would set. */
export function borrowedCookies(server: string): Plugin {
  return {
    name: "zhike:borrowed-cookies",
    apply: "serve",
    configureServer(dev) {
      dev.middlewares.use(async (request, response, next) => {
        if (request.headers.accept?.includes("text/html")) {
          const headers = { cookie: request.headers.cookie ?? "" };
          const page = await fetch(`${server}/`, { headers }).catch(() => null);
          const cookies = page?.headers.getSetCookie() ?? [];
          if (cookies.length > 0) response.setHeader("Set-Cookie", cookies);
        }
        next();
      });
    },
  };
}
