import type { Ui } from '../../cli/ui.ts';

/** Keeps what a command says, and answers what it asks. */
export function recordingUi(answer = true) {
  const printed: string[] = [];
  const remarked: string[] = [];
  const asked: string[] = [];
  const ui: Ui = {
    print: (text) => printed.push(text),
    remark: (text) => remarked.push(text),
    ask: async (question) => {
      asked.push(question);
      return answer;
    },
  };
  return { ...ui, printed, remarked, asked };
}
