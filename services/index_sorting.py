"""The rows of keys and the frequencies of a version, made from all its documents at once.

The documents' keys are distributed among files by the beginning of their hash; each file is sorted and written. B-trees
are filled from left to right that way, many times as quickly as record by record. Memory grows with the base, but more
slowly: it holds as many of the ``BUCKETS`` files as are worked on at once. With a million records, that is 40 MB for
each that is being sorted and 20 MB for each that waits to be written, and more for one with a key of very many records.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from tempfile import TemporaryFile
from typing import IO

from db.match_index import insert_keys
from db.match_rebuild import Rows, all_documents, delta_ids, set_counts, set_frequencies
from services.building import Build
from services.index_building import Sorted, distribute, sort_bucket
from services.index_dropping import delete_rows
from services.pipeline import each_of

BUCKETS = 128
"""A power of two: so many files are open at once."""
_DOCUMENTS = 4_000
_ROWS = 20_000
"""Rows per transaction."""


class _Files:
    """A file for each bucket."""

    def __init__(self, files: Sequence[IO[bytes]]) -> None:
        self._files = files

    def append(self, buckets: Sequence[bytes]) -> None:
        """Add to every bucket."""
        for file, bucket in zip(self._files, buckets, strict=True):
            file.write(bucket)

    def read(self) -> Iterator[bytes]:
        """Each bucket, in order."""
        for file in self._files:
            file.seek(0)
            yield file.read()


async def write_keys(build: Build, on_progress: Callable[[int, int], None]) -> None:
    """Write the rows of the keys of a version that has all documents, and count them; what is there is left.

    ``on_progress`` is told how many buckets of how many are written. Needs room for temporary files, about 500 MB for a
    million records. Raises ``TakenOverError``.
    """
    async for _ in delete_rows(build.write, build.version, Rows.FREQUENCIES):
        pass
    with ExitStack() as stack:
        # They have no names: however the process ends, the system takes their room back.
        files = _Files([stack.enter_context(TemporaryFile()) for _ in range(BUCKETS)])
        await _distribute(build, files)
        done = 0
        async for _, bucket in build.work_on(each_of(files.read()), sort_bucket):
            await _write(build, bucket)
            done += 1
            on_progress(done, BUCKETS)


async def _distribute(build: Build, files: _Files) -> None:
    """Fill the files from the documents as of one moment, and say so in the version."""
    accounts = contacts = 0
    async with build.backend.database.read() as session:
        # Of the same moment: what these deltas say is in the documents, and later ones are about later changes.
        counted = await delta_ids(session, build.tenant.id, build.version)
        chunks = all_documents(session, build.tenant.id, build.version, _DOCUMENTS)
        async for rows, buckets in build.work_on(chunks, partial(distribute, buckets=BUCKETS)):
            files.append(buckets)
            found = sum(row[0] == row[1] for row in rows)
            accounts, contacts = accounts + found, contacts + len(rows) - found
    async with build.write() as session:
        await set_counts(session, build.version, accounts=accounts, contacts=contacts, counted_deltas=counted)


async def _write(build: Build, bucket: Sorted) -> None:
    for start in range(0, len(bucket.key_rows[0]), _ROWS):
        async with build.write() as session:
            await insert_keys(session, build.version, [column[start : start + _ROWS] for column in bucket.key_rows])
    for start in range(0, len(bucket.terms), _ROWS):
        async with build.write() as session:
            part = slice(start, start + _ROWS)
            await set_frequencies(session, build.version, bucket.terms[part], bucket.counts[part])
