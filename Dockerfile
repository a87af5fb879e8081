# The server without the embedded PostgreSQL: it needs DATABASE_URL. See "In a container" in docs/operations.md.

FROM node:24-trixie-slim AS manifests
WORKDIR /app
COPY package.json package-lock.json ./
COPY apps/admin/package.json apps/admin/
COPY libs/reports/package.json libs/reports/

FROM manifests AS build
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build

# The page is built already, so its libraries would only make the image twice as large.
FROM manifests AS dependencies
RUN npm ci --omit=dev --omit=optional --ignore-scripts --workspace=libs/reports --include-workspace-root

FROM node:24-trixie-slim
ENV NODE_ENV=production HOST=0.0.0.0
WORKDIR /app
COPY --from=dependencies /app ./
COPY --from=build /app/dist dist
COPY --from=build /app/libs/reports/dist libs/reports/dist
COPY --from=build /app/apps/admin/package.json node_modules/@chat-reports/admin/
COPY --from=build /app/apps/admin/dist node_modules/@chat-reports/admin/dist
# A number, so that Kubernetes can verify runAsNonRoot. It is the user node; any other works as well.
USER 1000
EXPOSE 3000
HEALTHCHECK --start-period=60s --start-interval=2s --interval=10s --timeout=5s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/health/live').then(({ ok }) => process.exit(ok ? 0 : 1))"]
CMD ["node", "dist/main.js"]
