import type { MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'

/** Own pages run own scripts and show own styles, and ask nobody else for anything. */
export const security = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'"],
    connectSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  crossOriginResourcePolicy: false,
  referrerPolicy: 'no-referrer',
  xFrameOptions: 'DENY',
  // Fundstelle speaks plain HTTP; what a proxy in front promises about HTTPS is for the proxy to say
  strictTransportSecurity: false,
})

/** Other sites embed nothing of ours but what says so itself. */
export const ownResources: MiddlewareHandler = async (c, next) => {
  await next()
  if (!c.res.headers.has(RESOURCE_POLICY)) c.res.headers.set(RESOURCE_POLICY, 'same-origin')
}

const RESOURCE_POLICY = 'cross-origin-resource-policy'
