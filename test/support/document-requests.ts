import type { DocumentSearchRequest } from '../../src/search/document-search.ts'

const DEFAULT: DocumentSearchRequest = {
  q: '',
  limit: 20,
  offset: 0,
  filter: null,
  ids: null,
  sort: [],
  facets: [],
  maxValuesPerFacet: 100,
  facetOrder: { '*': 'alpha' },
  distinct: null,
  matchingStrategy: 'last',
  searchOn: null,
  shown: { displayed: null, retrieved: null },
  highlighted: [],
  highlight: { pre: '<em>', post: '</em>' },
  cropped: [],
  cropMarker: '…',
  showMatchesPosition: false,
  showRankingScore: false,
  showRankingScoreDetails: false,
  showVectors: false,
  rankingScoreThreshold: null,
  completesPrefix: true,
  forgivesTypos: true,
}

/** A search for documents with what matters for the case at hand. */
export const documentsAsked = (fields: Partial<DocumentSearchRequest> = {}): DocumentSearchRequest => ({
  ...DEFAULT,
  ...fields,
})
