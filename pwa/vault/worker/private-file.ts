// Files in the origin's private file system. In a worker: there alone every browser can write them (Safari before 26).
// A file that goes is overwritten first, and unlike a database a file system does not keep older versions of it.

import type { Bytes } from "../../shared/bytes.ts";

interface SyncHandle {
  write(bytes: Bytes, options: { at: number }): number;
  flush(): void | Promise<void>;
  close(): void | Promise<void>;
}

interface PrivateFile extends FileSystemFileHandle {
  createSyncAccessHandle?(): Promise<SyncHandle>;
}

const folder = (): Promise<FileSystemDirectoryHandle> => navigator.storage.getDirectory();

/** Over what was there. Rejects where the browser knows private files but cannot write them. */
async function write(file: PrivateFile, bytes: Bytes): Promise<void> {
  if (!file.createSyncAccessHandle) {
    const writable = await file.createWritable({ keepExistingData: true });
    await writable.write(bytes);
    await writable.close();
    return;
  }
  const handle = await file.createSyncAccessHandle();
  try {
    handle.write(bytes, { at: 0 });
    // Older browsers answer with a promise.
    await handle.flush();
  } finally {
    await handle.close();
  }
}

export async function writeFile(name: string, bytes: Bytes): Promise<void> {
  const root = await folder();
  const file = await root.getFileHandle(name, { create: true });
  try {
    await write(file, bytes);
  } catch (error) {
    await root.removeEntry(name);
    throw error;
  }
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
      const file = handle as FileSystemFileHandle;
      await write(file, new Uint8Array((await file.getFile()).size));
    } catch {
      // Open in another window: removing it is what matters.
    }
    await root.removeEntry(handle.name);
  }
}
