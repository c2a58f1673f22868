"""Runs a file as one cell of a notebook in the installed Java kernel, and prints what it printed. Argument: the file."""
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

cell = nbformat.v4.new_code_cell(Path(sys.argv[1]).read_text(encoding="utf-8"))
NotebookClient(nbformat.v4.new_notebook(cells=[cell]), kernel_name="java", timeout=600).execute()
print("".join(output.text for output in cell.outputs if output.output_type == "stream" and output.name == "stdout"))
