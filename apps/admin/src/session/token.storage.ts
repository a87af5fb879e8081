const KEY = 'chat-reports-token';

/**
 * Keeps the token of this tab across reloads. A browser that blocks its storage, or has no room in it, keeps the token only
 * until the next reload.
 */
class TokenStorage {
  private token = attempt(() => sessionStorage.getItem(KEY)) ?? null;

  read(): string | null {
    return this.token;
  }

  keep(token: string): void {
    this.token = token;
    attempt(() => sessionStorage.setItem(KEY, token));
  }

  forget(): void {
    this.token = null;
    attempt(() => sessionStorage.removeItem(KEY));
  }
}

export const tokenStorage = new TokenStorage();

function attempt<Result>(access: () => Result): Result | undefined {
  try {
    return access();
  } catch {
    return undefined;
  }
}
