# Two stages: the second one holds the binary and nothing that could build another. Texts, templates, styles,
# migrations, time zones and certificate authorities are in the binary, so no package is added.
FROM rust:1.95-bookworm AS build
WORKDIR /build
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/build/target \
    cargo build --release --locked --bin ayeaye \
    && cp target/release/ayeaye /ayeaye

FROM debian:bookworm-slim
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin ayeaye \
    && install --directory --owner=ayeaye --mode=0700 /data
COPY --from=build /ayeaye /usr/local/bin/ayeaye
USER 10001
# The SQLite file and the generated keys. Losing them loses the proofs: back this volume up.
VOLUME /data
ENV AYEAYE_DATA_DIR=/data AYEAYE_LISTEN=0.0.0.0:8080
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["ayeaye", "healthcheck"]
ENTRYPOINT ["ayeaye"]
CMD ["serve"]
