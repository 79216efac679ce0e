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
  crossOriginResourcePolicy: 'same-origin',
  referrerPolicy: 'no-referrer',
  xFrameOptions: 'DENY',
  // Fundstelle speaks plain HTTP; what a proxy in front promises about HTTPS is for the proxy to say
  strictTransportSecurity: false,
})
