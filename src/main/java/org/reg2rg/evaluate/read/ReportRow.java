package org.reg2rg.evaluate.read;

/**
 * One study of a file of reports.
 *
 * @param line where it starts in the file, for messages
 * @param id the study, or "line N" where the file has no such column or the cell is empty
 * @param flag the cell of the column that says how sure the recognition is; empty where there is none
 */
public record ReportRow(long line, String id, String reference, String prediction, String flag) {}
