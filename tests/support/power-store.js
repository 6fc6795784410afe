/**
 * A disk whose power can be cut. Every change below a folder goes to the real files, where programs read it back, and
 * is remembered until a flush carries it to the platter. When the power goes, of each change that no flush has carried
 * every piece of 512 bytes survives with probability one half, and so does every name made, changed or removed: the
 * worst that a disk and a file system may do. A flushed file does not carry its name along; its folder's flush does.
 */

import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { basename, dirname, join, sep } from 'node:path';

const sector = 512;

/** @typedef {{ at: number, bytes: Buffer } | { size: number }} Change */

class File {
	/** @type {Change[]} not yet on the platter */
	changes = [];
	/** @type {string | undefined} what is on the platter; without it, the same as in the real file */
	platter;
	/** @param {string} path */
	constructor(path) {
		this.path = path;
	}
}

class Folder {
	/** @type {Map<string, File | Folder>} */
	names = new Map();
	/** @type {Map<string, File | Folder>} */
	platter = new Map();
}

/** @typedef {{ folder: Folder, name: string, node?: File | Folder }[]} Naming survives whole or not at all */

/**
 * Watches everything that this process changes below `root`, an existing folder, from now on.
 * @param {string} root
 * @param {{ scratch: string, survives: () => boolean, flushes: boolean }} options `flushes: false`: the disk lies
 */
export function watchStore(root, { scratch, survives, flushes }) {
	const real = { ...fs };
	const top = new Folder();
	/** @type {Map<number, File | Folder>} */
	const opened = new Map();
	/** @type {Naming[]} not yet on the platter */
	let namings = [];
	let platters = 0;
	let moments = 0;
	let cutAt = Infinity;
	let cut = () => {};

	real.mkdirSync(scratch, { recursive: true });
	discover(root, top);

	/** @param {string} path @param {Folder} folder */
	function discover(path, folder) {
		for (const entry of real.readdirSync(path, { withFileTypes: true })) {
			const inner = join(path, entry.name);
			const node = entry.isDirectory() ? new Folder() : new File(inner);
			if (node instanceof Folder) discover(inner, node);
			folder.names.set(entry.name, node);
			folder.platter.set(entry.name, node);
		}
	}

	/** Before each change and each flush that carries something is a moment at which the power may go. */
	function moment() {
		if (++moments === cutAt) cut();
	}

	/** @param {string} path @returns {File | Folder | undefined} */
	function find(path) {
		/** @type {File | Folder | undefined} */
		let node = top;
		for (const name of path.slice(root.length).split(sep).filter(Boolean))
			node = node instanceof Folder ? node.names.get(name) : undefined;
		return node;
	}

	/** @param {[path: string, node?: File | Folder][]} entries */
	function name(...entries) {
		namings.push(
			entries.map(([path, node]) => {
				const folder = /** @type {Folder} */ (find(dirname(path)));
				if (node) folder.names.set(basename(path), node);
				else folder.names.delete(basename(path));
				return { folder, name: basename(path), node };
			})
		);
	}

	/** @param {Naming} naming */
	function carryNaming(naming) {
		for (const { folder, name, node } of naming)
			if (node) folder.platter.set(name, node);
			else folder.platter.delete(name);
	}

	/** The platter parts from the real file, which is about to change or to lose its name. @param {File} file */
	function part(file) {
		if (file.platter) return;
		file.platter = join(scratch, String(++platters));
		real.copyFileSync(file.path, file.platter);
	}

	/** @param {File} file @param {Change} change */
	function change(file, change) {
		part(file);
		file.changes.push(change);
	}

	/** @param {File} file @param {() => boolean} survives */
	function carry(file, survives) {
		if (!file.platter || file.changes.length === 0) return;
		const platter = real.openSync(file.platter, 'r+');
		for (const change of file.changes) {
			if ('size' in change) {
				if (survives()) real.ftruncateSync(platter, change.size);
				continue;
			}
			for (let from = 0, to; from < change.bytes.length; from = to) {
				to = Math.min(from + sector - ((change.at + from) % sector), change.bytes.length);
				if (survives()) real.writeSync(platter, change.bytes, from, to - from, change.at + from);
			}
		}
		real.closeSync(platter);
		file.changes = [];
	}

	/** @param {number} fd */
	function flush(fd) {
		const node = opened.get(fd);
		if (!node || !flushes) return;

		if (node instanceof File) {
			if (node.changes.length === 0) return;
			moment();
			carry(node, () => true);
		} else {
			const carried = namings.filter((naming) => naming.some(({ folder }) => folder === node));
			if (carried.length === 0) return;
			moment();
			carried.forEach(carryNaming);
			namings = namings.filter((naming) => !carried.includes(naming));
		}
	}

	/** @param {string} path @param {Folder} folder */
	function writeSurvivors(path, folder) {
		real.mkdirSync(path, { mode: 0o700 });
		for (const [name, node] of folder.platter) {
			const inner = join(path, name);
			if (node instanceof Folder) writeSurvivors(inner, node);
			else {
				carry(node, survives);
				real.copyFileSync(node.platter ?? node.path, inner);
			}
		}
	}

	/** @param {unknown} path @returns {path is string} */
	const isWatched = (path) => typeof path === 'string' && (path === root || path.startsWith(root + sep));

	/** @param {fs.OpenMode} flags */
	const truncates = (flags) =>
		typeof flags === 'number' ? flags & fs.constants.O_TRUNC : flags.startsWith('w');

	/** @param {string} path */
	function removed(path) {
		moment();
		const node = find(path);
		if (node instanceof File) part(node);
		name([path]);
	}

	/** @param {string} path @param {File | Folder} node */
	function moved(path, node) {
		if (node instanceof File) node.path = path;
		else for (const [name, inner] of node.names) moved(join(path, name), inner);
	}

	/** What is elsewhere is passed on. */
	const watch = {
		/** @param {string} path @param {fs.OpenMode} [flags] @param {fs.Mode} [mode] */
		openSync(path, flags = 'r', mode) {
			let node = isWatched(path) ? find(path) : undefined;
			if (node instanceof File && truncates(flags)) {
				moment();
				change(node, { size: 0 });
			}
			const isNew = isWatched(path) && !node && !real.existsSync(path);
			if (isNew) moment();
			const fd = real.openSync(path, flags, mode);
			if (isNew) {
				node = new File(path);
				part(node);
				name([path, node]);
			}
			if (node) opened.set(fd, node);
			return fd;
		},
		/** @param {number} fd */
		closeSync(fd) {
			opened.delete(fd);
			real.closeSync(fd);
		},
		/**
		 * @param {number} fd @param {NodeJS.ArrayBufferView} buffer
		 * @param {number} offset @param {number} length @param {number} position
		 */
		writeSync(fd, buffer, offset, length, position) {
			const node = opened.get(fd);
			if (!(node instanceof File)) return real.writeSync(fd, buffer, offset, length, position);
			if (typeof position !== 'number') throw new Error('a write without a position is not watched');
			moment();
			part(node);
			const written = real.writeSync(fd, buffer, offset, length, position);
			change(node, {
				at: position,
				bytes: Buffer.from(new Uint8Array(buffer.buffer, buffer.byteOffset + offset, written))
			});
			return written;
		},
		/** @param {string} path @param {string} text @param {fs.WriteFileOptions} [options] */
		writeFileSync(path, text, options) {
			if (!isWatched(path)) return real.writeFileSync(path, text, options);
			const bytes = Buffer.from(text);
			const mode = options && typeof options === 'object' ? options.mode : undefined;
			const fd = watch.openSync(path, 'w', mode ?? undefined);
			if (bytes.length > 0) watch.writeSync(fd, bytes, 0, bytes.length, 0);
			watch.closeSync(fd);
		},
		/** @param {number} fd @param {number} size */
		ftruncateSync(fd, size) {
			const node = opened.get(fd);
			if (node instanceof File) {
				moment();
				change(node, { size });
			}
			real.ftruncateSync(fd, size);
		},
		/** @param {string} path @param {number} size */
		truncateSync(path, size) {
			const node = isWatched(path) ? find(path) : undefined;
			if (node instanceof File) {
				moment();
				change(node, { size });
			}
			real.truncateSync(path, size);
		},
		fsyncSync: flush,
		fdatasyncSync: flush,
		/** @param {string} from @param {string} to */
		renameSync(from, to) {
			if (!isWatched(from)) return real.renameSync(from, to);
			moment();
			const node = /** @type {File | Folder} */ (find(from));
			const replaced = find(to);
			if (replaced instanceof File) part(replaced);
			real.renameSync(from, to);
			name([from], [to, node]);
			moved(to, node);
		},
		/** @param {string} path */
		unlinkSync(path) {
			if (isWatched(path)) removed(path);
			real.unlinkSync(path);
		},
		/** @param {string} path */
		rmdirSync(path) {
			if (isWatched(path)) removed(path);
			real.rmdirSync(path);
		},
		/** @param {string} path @param {fs.MakeDirectoryOptions} [options] */
		mkdirSync(path, options) {
			if (!isWatched(path)) return real.mkdirSync(path, options);
			if (find(path)) return options?.recursive ? undefined : real.mkdirSync(path, options);
			moment();
			const made = real.mkdirSync(path, options);
			name([path, new Folder()]);
			return made;
		},
		/** @param {string} path @param {fs.RmOptions} [options] */
		rmSync(path, options) {
			if (!isWatched(path)) return real.rmSync(path, options);
			const node = find(path);
			if (node instanceof Folder) {
				for (const name of [...node.names.keys()]) watch.rmSync(join(path, name), options);
				watch.rmdirSync(path);
			} else if (node || !options?.force) watch.unlinkSync(path);
		}
	};

	for (const act of /** @type {const} */ ([
		'appendFileSync',
		'copyFileSync',
		'cpSync',
		'linkSync',
		'symlinkSync'
	]))
		Object.assign(watch, {
			/** @param {string} from @param {string} to @param {unknown[]} rest */
			[act](from, to, ...rest) {
				if (isWatched(from) || isWatched(to)) throw new Error(`${act} is not watched`);
				return /** @type {(...all: unknown[]) => void} */ (real[act])(from, to, ...rest);
			}
		});
	Object.assign(fs, watch);
	syncBuiltinESMExports();

	return {
		/** From now on, at the change of this number, the power goes. @param {number} changes @param {() => void} then */
		cutAfter(changes, then) {
			cutAt = moments + changes;
			cut = then;
		},
		/** @param {string} target a new folder, with what has survived */
		survivors(target) {
			cutAt = Infinity;
			for (const naming of namings) if (survives()) carryNaming(naming);
			writeSurvivors(target, top);
		}
	};
}
