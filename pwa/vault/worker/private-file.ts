// Files in the origin's private file system. In a worker: there alone every browser can write them (Safari before 26).
// A file that goes is overwritten first, and unlike a database a file system does not keep older versions of it.

import type { Bytes } from "../bytes.ts";

interface SyncHandle {
  write(bytes: Bytes, options: { at: number }): number;
  truncate(size: number): void | Promise<void>;
  flush(): void | Promise<void>;
  getSize(): number | Promise<number>;
  close(): void | Promise<void>;
}

interface WritableFile extends FileSystemFileHandle {
  createSyncAccessHandle(): Promise<SyncHandle>;
}

const folder = (): Promise<FileSystemDirectoryHandle> => navigator.storage.getDirectory();

async function fill(file: FileSystemFileHandle, bytes: (size: number) => Bytes): Promise<void> {
  const handle = await (file as WritableFile).createSyncAccessHandle();
  try {
    // Older browsers answer some of these with a promise.
    const content = bytes(await handle.getSize());
    handle.write(content, { at: 0 });
    await handle.flush();
  } finally {
    await handle.close();
  }
}

export async function writeFile(name: string, bytes: Bytes): Promise<void> {
  await fill(await (await folder()).getFileHandle(name, { create: true }), () => bytes);
}

export async function readFile(name: string): Promise<Bytes> {
  const file = await (await (await folder()).getFileHandle(name)).getFile();
  return new Uint8Array(await file.arrayBuffer());
}

/** Removes every file but the named one, or every one. Goes on to the others when one cannot be overwritten. */
export async function removeFilesBut(kept: string | undefined): Promise<void> {
  const root = await folder();
  const handles = (root as unknown as { values(): AsyncIterable<FileSystemHandle> }).values();
  for await (const handle of handles) {
    if (handle.kind !== "file" || handle.name === kept) continue;
    try {
      await fill(handle as FileSystemFileHandle, (size) => new Uint8Array(size));
    } catch {
      // Open in another window: removing it is what matters.
    }
    await root.removeEntry(handle.name);
  }
}
