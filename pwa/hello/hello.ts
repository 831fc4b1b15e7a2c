// The page that explains the app: practising the door and the exit, choosing a cover.
export {};
