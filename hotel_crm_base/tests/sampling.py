"""Guests of a seeded hotel for benchmarks, drawn by chance and the same each time."""


def draw_guests(env, count, draw):
    """Return ids of guests with stays, drawn by chance.

    :param env: Environment
    :param int count: how many
    :param random.Random draw: the chance
    :rtype: list[int]
    """
    env.cr.execute("SELECT min(id), max(id) FROM hotel_stay")
    first, last = env.cr.fetchone()
    found = set()
    while len(found) < count:
        env.cr.execute(
            "SELECT partner_id FROM hotel_stay WHERE id >= %s AND partner_id IS NOT NULL ORDER BY id LIMIT 1",
            [draw.randint(first, last)],
        )
        found.update(row[0] for row in env.cr.fetchall())
    return sorted(found)
