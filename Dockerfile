# One image for all five services: `node services/<name>/main.js`. For the classic builder and for BuildKit alike.
ARG NODE_IMAGE=node:24.11.0-alpine3.22

FROM ${NODE_IMAGE} AS packages
# Empty: npm's own. Proxies need no ARG.
ARG NPM_CONFIG_REGISTRY=
# A file in this folder; empty copies nothing more.
ARG EXTRA_CA_FILE=
WORKDIR /build
COPY package.json package-lock.json .npmrc ${EXTRA_CA_FILE} ./
# npm takes an empty variable for an empty registry.
RUN if [ -z "$NPM_CONFIG_REGISTRY" ]; then unset NPM_CONFIG_REGISTRY; fi; \
  if [ -n "$EXTRA_CA_FILE" ]; then export NODE_EXTRA_CA_CERTS="/build/${EXTRA_CA_FILE##*/}"; fi; \
  npm ci --ignore-scripts --no-audit --no-fund --omit=dev --omit=optional \
  && mv node_modules /modules \
  && npm ci --ignore-scripts --no-audit --no-fund

FROM packages AS build
COPY tsconfig.json tsconfig.build.json ./
COPY services services
COPY toxiproxy toxiproxy
RUN node node_modules/typescript/bin/tsc -p tsconfig.build.json

FROM ${NODE_IMAGE}
ENV NODE_ENV=production
WORKDIR /app
COPY package.json ./
COPY --from=packages /modules node_modules
COPY --from=build /build/dist/services services
COPY --from=build /build/dist/toxiproxy toxiproxy
COPY services/user/migrations services/user/migrations
COPY services/order/migrations services/order/migrations
COPY services/inventory/migrations services/inventory/migrations
COPY services/payment/migrations services/payment/migrations
USER 1000:1000
CMD ["node", "services/gateway/main.js"]
