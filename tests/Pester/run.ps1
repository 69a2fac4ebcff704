# Runs one file of the suite in this process and leaves the counts and what failed as JSON.
param(
    [Parameter(Mandatory)] [string] $File,
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $Result
)
$ErrorActionPreference = 'Stop'

# The suite reads English texts, whatever language the machine speaks.
[cultureinfo]::CurrentUICulture = 'en-US'
Import-Module Pester -MinimumVersion 5.0
$configuration = New-PesterConfiguration
$configuration.Run.Container = New-PesterContainer -Path $File -Data @{ Module = $Module }
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'None'
$configuration.Output.RenderMode = 'Plaintext'
$run = Invoke-Pester -Configuration $configuration

$failures = foreach ($test in $run.Failed) {
    "$($test.ExpandedPath): $($test.ErrorRecord | ForEach-Object { $_.Exception.Message + [Environment]::NewLine + ($_.ScriptStackTrace -split "`n" -notmatch 'Pester\.psm1')[0] })"
}
$broken = foreach ($block in @($run.FailedBlocks) + @($run.FailedContainers)) {
    "$($block.Name): $($block.ErrorRecord | ForEach-Object { $_.Exception.Message + [Environment]::NewLine + ($_.ScriptStackTrace -split "`n" -notmatch 'Pester\.psm1')[0] })"
}
[ordered]@{
    passed   = $run.PassedCount
    failed   = $run.FailedCount + $run.FailedBlocksCount + $run.FailedContainersCount
    notRun   = $run.SkippedCount + $run.InconclusiveCount + $run.NotRunCount
    failures = (@($failures) + @($broken)) -join [Environment]::NewLine
} | ConvertTo-Json | Set-Content -LiteralPath $Result
