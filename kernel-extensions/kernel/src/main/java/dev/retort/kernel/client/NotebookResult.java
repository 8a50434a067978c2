package dev.retort.kernel.client;

/**
 * How a notebook went.
 *
 * @param status how the last cell that was run ended
 * @param cellsRun how many code cells were run
 * @param cells how many code cells there are
 * @param error the report of the cell that stopped the run, or an empty text
 */
public record NotebookResult(CellStatus status, int cellsRun, int cells, String error) {
  /** Whether every cell was run and none stopped the run. */
  public boolean isOk() {
    return status == CellStatus.OK;
  }
}
