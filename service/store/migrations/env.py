"""What Alembic runs: the migrations, on the connection that it is given.

Owns nothing but that. No logging is set up here, and no connection is made: the store does.
"""

from alembic import context

from service.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
