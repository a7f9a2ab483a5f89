import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { openBeside } from '../base/write-whole.node.ts';
import { type Cell, type Column, csvLine } from './table.ts';

/** A table file that grows row by row and appears under its name only when it is whole. */
export interface TableFile {
  add(row: readonly Cell[]): void;
  /** Writes what is left; the file is then whole on the disk, but not in its place. */
  complete(): void;
  /** Puts the whole file in its place. */
  place(): void;
  /** Removes what was written so far. */
  discard(): void;
}

/** Rows per row group: enough for readers to skip well, few enough to hold in memory. */
const GROUP = 50_000;

/** A Parquet file (Snappy, dictionaries where they pay), readable by DuckDB, pandas, Arrow and R as it is. */
export function parquetFile(
  path: string,
  columns: readonly Column[],
  about: Readonly<Record<string, string>>,
): TableFile {
  const out = openBeside(path);
  const bytes = new ByteWriter();
  const flush = (): void => {
    out.write(bytes.getBytes());
    bytes.index = 0;
  };
  const writer = new ParquetWriter({
    writer: bytes,
    schema: [
      { name: 'schema', num_children: columns.length },
      ...columns.map(({ name, type }) =>
        type === 'STRING'
          ? ({ name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' } as const)
          : ({ name, type, repetition_type: 'OPTIONAL' } as const),
      ),
    ],
    kvMetadata: Object.entries(about).map(([key, value]) => ({ key, value })),
    createdBy: 'psoascope',
  });
  let data: Cell[][] = columns.map(() => []);
  const group = (): void => {
    if (data[0]!.length === 0) return;
    // the writer only waits for what flush returns, and here that is nothing
    void writer.write({
      columnData: columns.map(({ name }, c) => ({ name, data: data[c]! })),
      rowGroupSize: GROUP,
    });
    data = columns.map(() => []);
    flush();
  };
  return {
    add(row) {
      for (const [c, column] of data.entries()) column.push(row[c]!);
      if (data[0]!.length >= GROUP) group();
    },
    complete() {
      group();
      void writer.finish();
      flush();
      out.complete();
    },
    place: out.finish,
    discard: out.discard,
  };
}

/** A CSV file (RFC 4180, UTF-8) with the same columns. */
export function csvFile(path: string, columns: readonly Column[]): TableFile {
  const out = openBeside(path);
  let text = csvLine(columns.map((column) => column.name));
  const flush = (): void => {
    out.write(Buffer.from(text));
    text = '';
  };
  return {
    add(row) {
      text += csvLine(row);
      if (text.length > 1 << 20) flush();
    },
    complete() {
      flush();
      out.complete();
    },
    place: out.finish,
    discard: out.discard,
  };
}

/** A small file that is written in one go with the tables. */
export function wholeFile(path: string, text: string): Pick<TableFile, 'complete' | 'place' | 'discard'> {
  const out = openBeside(path);
  return {
    complete() {
      out.write(Buffer.from(text));
      out.complete();
    },
    place: out.finish,
    discard: out.discard,
  };
}
