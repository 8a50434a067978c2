/**
 * Tables of others, and questions in SQL: Parquet and CSV in and out, and {@code sql("select ..")}
 * over datasets, runs and findings.
 *
 * <pre>{@code
 * data.save(Path.of("poles.parquet"));
 * Dataset again = dataset(Path.of("poles.parquet"));
 * Table best = sql("select episode, sum(reward) as total from data group by episode", Map.of("data", data));
 * }</pre>
 *
 * <p>All of it is answered by DuckDB, https://duckdb.org, embedded and in memory: no server, no
 * files of its own, nothing of Hadoop. The database only reads; what is kept is kept by Retort.
 */
package dev.retort.exchange.sql;
