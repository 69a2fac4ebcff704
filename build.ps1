<#
.SYNOPSIS
Builds, tests, tours, measures and packs PasswordOps: a thin face over dotnet, for PowerShell 7 and Windows PowerShell 5.1.
.EXAMPLE
./build.ps1 Build, Test
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Tour', 'Bench', 'Pack', 'Docs')]
    [string[]] $Task = @('Build'),

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release'
)
$ErrorActionPreference = 'Stop'

function Invoke-Dotnet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) { throw "dotnet $($args[0]) ended with $LASTEXITCODE" }
}

function Get-Version {
    ([xml](Get-Content -LiteralPath "$PSScriptRoot/Directory.Build.props" -Raw)).Project.PropertyGroup.Version | Where-Object { $_ } | Select-Object -First 1
}

Push-Location -LiteralPath $PSScriptRoot
try {
    foreach ($one in $Task) {
        Write-Host "== $one"
        switch ($one) {
            'Build' { Invoke-Dotnet build --configuration $Configuration --nologo }
            'Test' { Invoke-Dotnet test --configuration $Configuration --nologo }
            'Tour' { Invoke-Dotnet run --configuration $Configuration --project src/PasswordOps.Practice -- tour }
            'Bench' { Invoke-Dotnet run --configuration $Configuration --project tests/Benchmarks -- all }
            'Pack' {
                Invoke-Dotnet build --configuration Release --nologo src/PasswordOps
                $version = Get-Version
                $archive = "out/PasswordOps.$version.zip"
                if (Test-Path -LiteralPath $archive) { Remove-Item -LiteralPath $archive }
                Compress-Archive -Path 'out/PasswordOps' -DestinationPath $archive
                Write-Host "packed $archive"
            }
            'Docs' {
                # The tests compare what is generated with what is committed; with this variable they accept the new text instead.
                $env:PASSWORDOPS_ACCEPT = '1'
                try { Invoke-Dotnet test --configuration $Configuration --nologo tests/PasswordOps.Tests --filter FullyQualifiedName~HelpTests } finally { $env:PASSWORDOPS_ACCEPT = $null }
            }
        }
    }
} finally {
    Pop-Location
}
