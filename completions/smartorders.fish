# smartorders completion for fish: ~/.config/fish/completions/smartorders.fish
function __smartorders_complete
    set -l words (commandline -opc) (commandline -ct)
    set -l candidates ($words[1] __complete -- $words[2..-1] 2>/dev/null)
    if test (count $candidates) -gt 0
        printf '%s\n' $candidates
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c smartorders -f -a '(__smartorders_complete)'
