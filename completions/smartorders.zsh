#compdef smartorders
# smartorders completion for zsh: a file _smartorders in a folder of $fpath, or source <(smartorders completion zsh)
_smartorders() {
  local line
  local -a candidates
  for line in "${(@f)$("${words[1]/#\~/${HOME-}}" __complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -n $line ]] || continue
    line="${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}"
    candidates+=("${line%:}")
  done
  if (($#candidates)); then
    _describe smartorders candidates
  else
    _files
  fi
}
if [[ ${zsh_eval_context[-1]} == loadautofunc ]]; then
  _smartorders "$@"
else
  compdef _smartorders smartorders
fi
