"""Runs Jupyter's own conformance tests against the Retort kernel.

The kernel has to be installed under the name "retort" (see KernelSpec) where Jupyter finds it, for
example in a folder that JUPYTER_PATH names. Needs the Python package jupyter_kernel_test. Run with

    python3 -m unittest test_retort_kernel -v
"""

import time
import unittest

import jupyter_kernel_test


class RetortKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = "retort"
    language_name = "java"
    file_extension = ".jshell"

    code_hello_world = 'System.out.println("hello, world");'
    code_stderr = 'System.err.println("oops");'
    code_generate_error = 'throw new RuntimeException("on purpose");'
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": '"a" + "b"', "result": "ab"},
        {"code": "int seven = 7; seven", "result": "7"},
    ]
    code_display_data = [{"code": 'display("shown");', "mime": "text/plain"}]
    code_clear_output = (
        "((dev.retort.kernel.RetortKernel)"
        " org.dflib.jjava.jupyter.kernel.BaseKernel.notebookKernel())"
        ".clearOutput(dev.retort.kernel.RetortKernel.Clearing.NOW);"
    )
    code_inspect_sample = "Math.max"
    completion_samples = [
        {"text": "Math.hyp", "matches": {"hypot("}},
        {"text": "List.of().isEm", "matches": {"isEmpty()"}},
    ]
    complete_code_samples = ["1 + 1", "int x = 2;", "void f() { }"]
    incomplete_code_samples = ["for (int i = 0; i < 3; i++) {", "int x = "]
    invalid_code_samples = [")("]
    supported_history_operations = ("tail", "range", "search")
    code_history_pattern = "6 ? 7"

    def test_interrupt(self):
        self.flush_channels()
        self.kc.execute("while (true);")
        time.sleep(1)
        asked = time.time()
        self.km.interrupt_kernel()
        reply = self.get_non_kernel_info_reply(timeout=10)
        self.assertLess(time.time() - asked, 1)
        self.assertEqual(reply["content"]["status"], "error")
        self.assertEqual(reply["content"]["ename"], "Interrupted")
        self.flush_channels()
        reply, _ = self.execute_helper("1 + 1")
        self.assertEqual(reply["content"]["status"], "ok")

    def test_unicode_cursor(self):
        self.flush_channels()
        msg_id = self.kc.complete('String s = "\U0001f600"; Math.hyp')
        reply = self.get_non_kernel_info_reply(timeout=10)
        jupyter_kernel_test.validate_message(reply, "complete_reply", msg_id)
        self.assertEqual(reply["content"]["cursor_start"], 21)


if __name__ == "__main__":
    unittest.main()
