"""Small questions and notes that many tasks have at the same time: one transaction for all that are waiting."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Generic, TypeVar

import aiosqlite

Q = TypeVar("Q")
A = TypeVar("A")


class Together(Generic[Q, A]):
    """Call it with a question; the answer comes when the transaction that it shared with others has ended.

    While one transaction is under way the next questions gather, so the busier it gets the less each costs.
    """

    def __init__(
        self,
        transaction: Callable[[], AbstractAsyncContextManager[aiosqlite.Connection]],
        answer: Callable[[aiosqlite.Connection, Sequence[Q]], Awaitable[Sequence[A]]],
    ) -> None:
        self._transaction, self._answer = transaction, answer
        self._waiting: list[tuple[Q, asyncio.Future[A]]] = []
        self._task: asyncio.Task[None] | None = None

    async def __call__(self, question: Q) -> A:
        answer: asyncio.Future[A] = asyncio.get_running_loop().create_future()
        self._waiting.append((question, answer))
        if self._task is None:
            self._task = asyncio.create_task(self._work(), name="together")
        return await answer

    async def _work(self) -> None:
        while self._waiting:
            taken: list[tuple[Q, asyncio.Future[A]]] = []
            try:
                async with self._transaction() as connection:
                    taken, self._waiting = self._waiting, []
                    answers = await self._answer(connection, [question for question, _ in taken])
            except BaseException as error:  # each of those who asked is told; a cancellation cancels them
                if not taken:
                    taken, self._waiting = self._waiting, []
                _refuse([future for _, future in taken], error)
                if not isinstance(error, Exception):
                    self._task = None
                    raise
            else:
                for (_, future), answer in zip(taken, answers, strict=True):
                    if not future.done():  # whoever asked may have been cancelled meanwhile
                        future.set_result(answer)
        self._task = None


def _refuse(futures: Sequence[asyncio.Future[A]], error: BaseException) -> None:
    for future in futures:
        if not future.done():
            if isinstance(error, Exception):
                future.set_exception(error)
            else:
                future.cancel()
