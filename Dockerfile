# Build: everything that is needed to compile, none of which reaches the image.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json tsconfig.base.json ./
COPY scripts ./scripts
COPY src ./src
RUN npm run build
# the optional package is SQLite for Node 20
RUN npm prune --omit=dev --omit=optional

# Run: Node, the built program, the example articles; not as root, and the root file system may be read-only.
FROM node:24-bookworm-slim
ENV NODE_ENV=production FUNDSTELLE_HOST=0.0.0.0 FUNDSTELLE_PORT=3000 FUNDSTELLE_CACHE=/app/index-cache FUNDSTELLE_ARTICLES=/app/seeds
# what is freed in large pieces goes back to the machine: without it a server that has indexed much keeps a third more memory
ENV MALLOC_MMAP_THRESHOLD_=262144
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY seeds ./seeds
COPY LICENSE NOTICE ./
RUN mkdir -p index-cache && chown node:node index-cache
USER node
VOLUME /app/index-cache
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.FUNDSTELLE_PORT}/ready`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Node itself is process 1: the program listens for SIGTERM and ends after running requests.
CMD ["node", "dist/cli/main.js", "start"]
