"""How verbs are held against a naive model: a few seeded stories, inside one transaction each."""

from hypothesis import HealthCheck, Phase, settings

# Without shrinking: a story costs hundreds of statements, and to shorten one would outlast the limit of a test.
against_a_model = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
