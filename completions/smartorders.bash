# smartorders completion for bash: source <(smartorders completion bash)
_smartorders() {
  local -a words=()
  local word before='' line cut='' breaks=''
  local -i i
  COMPREPLY=()
  # bash cuts words at the : of a link and the = of an option: put them together again.
  for ((i = 0; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if ((i > 1)) && [[ -n $word && ($word == [:=] || $before == [:=]) ]]; then
      words[${#words[@]} - 1]+=$word
    else
      words+=("$word")
    fi
    before=$word
  done
  word=${words[${#words[@]} - 1]}
  # What bash replaces is only what stands after the last of them.
  [[ $COMP_WORDBREAKS == *:* ]] && breaks+=:
  [[ $COMP_WORDBREAKS == *=* ]] && breaks+==
  [[ -n $breaks && $word == *[$breaks]* ]] && cut=${word%"${word##*[$breaks]}"}
  while IFS= read -r line; do
    line=${line%%$'\t'*}
    COMPREPLY+=("${line#"$cut"}")
  done < <("${words[0]/#\~/${HOME-}}" __complete -- "${words[@]:1}" 2>/dev/null)
}
complete -o default -F _smartorders smartorders
