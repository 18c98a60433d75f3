/**
 * The script for bash. Our own: the library's needs the package bash-completion, never completes files, evaluates what
 * has been typed, and cannot be read twice.
 * https://www.gnu.org/software/bash/manual/html_node/Programmable-Completion.html
 */
export function bashScript(name: string): string {
  return `_${name}() {
  local words=() word line joins= i
  for ((i = 1; i <= COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    # bash parts words at = and :, and replaces what is behind them.
    if [[ $i -gt 1 && ( -n $joins || $word == [=:]* ) ]]; then
      words[\${#words[@]}-1]+=$word
    else
      words+=("$word")
    fi
    joins=
    [[ $word == *[=:] ]] && joins=1
  done
  COMPREPLY=()
  while IFS= read -r line; do
    case $line in
      :4) compopt +o default 2>/dev/null ;;
      :*) ;;
      ?*) COMPREPLY+=("\${line%%$'\\t'*}") ;;
    esac
  done <<<"$(${name} complete -- "\${words[@]}" 2>/dev/null)"
}
complete -o default -F _${name} ${name}`;
}
