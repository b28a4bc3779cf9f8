const STORAGE_KEY = 'lattice-portal.persona';

/** The persona chosen in this tab, so that a reload doesn't ask again. */
export const chosenPersona = {
  get(): string | undefined {
    return window.sessionStorage.getItem(STORAGE_KEY) ?? undefined;
  },
  set(userEntityRef: string) {
    window.sessionStorage.setItem(STORAGE_KEY, userEntityRef);
  },
  clear() {
    window.sessionStorage.removeItem(STORAGE_KEY);
  },
};
