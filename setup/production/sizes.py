"""How large a server's parts are, by its cores and memory. Plain calculation; memory in MB.

The rules are Odoo's own (two workers a core and one, six users a worker, a fifth of the requests heavy) and
PostgreSQL's (a quarter of its memory shared, half to three quarters of it expected in the system's cache).
"""

from dataclasses import dataclass

#: memory of a worker: four of five requests are light, one is heavy (MB)
WORKER = 0.8 * 150 + 0.2 * 1024
#: what the system itself needs (MB)
SYSTEM = 512
#: the most that one worker may take before it is recycled, and killed (bytes)
SOFT, HARD = 1536 * 1024**2, 2048 * 1024**2
CONNECTIONS, CONNECTIONS_GEVENT, SPARE = 8, 32, 24


@dataclass(frozen=True)
class Sizes:
    """What one host's parts may take.

    >>> small = Sizes(cores=2, memory=4096)
    >>> small.workers, small.cron_workers, small.database_memory, small.max_connections
    (4, 1, 2048, 96)
    >>> large = Sizes(cores=16, memory=65536, hosts=2, is_database_apart=True)
    >>> large.workers, large.cron_workers, large.database_memory
    (33, 4, 65536)
    >>> Sizes(cores=1, memory=1024).workers  # never one: printing asks the server itself for its styles
    2
    """

    cores: int
    memory: int
    hosts: int = 1
    is_database_apart: bool = False

    @property
    def database_memory(self):
        """MB for PostgreSQL: all of its own machine, half of a shared one."""
        return self.memory if self.is_database_apart else self.memory // 2

    @property
    def workers(self):
        """Processes that serve, of one host."""
        memory = self.memory - SYSTEM - (0 if self.is_database_apart else self.database_memory)
        return max(2, min(2 * self.cores + 1, int(memory / WORKER)))

    @property
    def cron_workers(self):
        """Processes that do jobs: one for four cores."""
        return max(1, min(4, self.cores // 4))

    @property
    def max_connections(self):
        """Of PostgreSQL: all processes of all hosts with their pools full, and some for people and backups."""
        host = self.workers * CONNECTIONS + CONNECTIONS_GEVENT
        return self.hosts * host + self.cron_workers * CONNECTIONS + SPARE

    def for_odoo(self):
        """Return what odoo.conf and the units need.

        :rtype: dict[str, int]
        """
        return {
            "workers": self.workers,
            "cron_workers": self.cron_workers,
            "db_maxconn": CONNECTIONS,
            "db_maxconn_gevent": CONNECTIONS_GEVENT,
            "limit_memory_soft": SOFT,
            "limit_memory_hard": HARD,
        }

    def for_postgresql(self):
        """Return what postgresql.conf needs.

        >>> sizes = Sizes(cores=4, memory=16384).for_postgresql()
        >>> sizes["shared_buffers_mb"], sizes["effective_cache_mb"], sizes["work_mem_mb"]
        (2048, 5734, 60)
        """
        memory = self.database_memory
        return {
            "pg_memory_gb": round(memory / 1024),
            "max_connections": self.max_connections,
            "shared_buffers_mb": max(128, min(memory // 4, 16384)),
            "effective_cache_mb": int(memory * 0.7),
            # a sort of every fourth connection at the same time still fits into a quarter of the memory
            "work_mem_mb": max(4, min(64, memory // self.max_connections)),
            "maintenance_work_mem_mb": max(64, min(memory // 16, 2048)),
            "pg_workers": max(8, self.cores + 4),
            "parallel": max(1, min(4, self.cores // 2)),
            "max_wal_size_gb": 4 if memory < 16384 else 16,
            "slot_wal_gb": 16 if memory < 16384 else 64,
            "vacuum_workers": 3 if self.cores < 8 else 5,
        }
