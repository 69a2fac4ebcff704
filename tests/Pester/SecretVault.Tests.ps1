param([Parameter(Mandatory)] [string] $Module)

BeforeAll {
    . "$PSScriptRoot/common.ps1" -Module $Module
    $modulePath = $env:PSModulePath
    $env:PSModulePath = "$PSScriptRoot/modules$([IO.Path]::PathSeparator)$modulePath"
    $userId = '6b1cbb4e-6d4e-4f0c-9f0e-3a5cbd1f2c11'
    $planted = 'Planted-Secret-1'
    $credential = [pscredential]::new('anna@contoso.com', (Secure $planted))

    # The class is no cmdlet's yet seen from here: a function lends it its own face of PowerShell.
    function On {
        [CmdletBinding(SupportsShouldProcess)]
        param([string] $Vault, [string] $Method, [object[]] $With = @())
        $hidden = [Reflection.BindingFlags] 'Instance, NonPublic'
        $type = [PasswordOps.PasswordOpsConnection].Assembly.GetType('PasswordOps.SecretVault')
        $face = [Activator]::CreateInstance($type, $hidden, $null, @($PSCmdlet, $Vault, [PasswordOps.Core.SystemClock]::Instance), $null)
        try { $type.GetMethod($Method, $hidden).Invoke($face, $With) }
        catch [Reflection.TargetInvocationException] { throw $_.Exception.InnerException }
        catch { throw $_.Exception.InnerException.InnerException ?? $_.Exception.InnerException }
    }

    function FailureOf([scriptblock] $Script) {
        try { $null = & $Script; $null } catch { $_.Exception }
    }
}

AfterAll { $env:PSModulePath = $modulePath }

Describe 'A secret vault' {
    BeforeEach {
        Import-Module Microsoft.PowerShell.SecretManagement -Force
        Register-SecretVault Team
    }

    Context 'that is well' {
        It 'passes its check' {
            On Team Check | Should -BeNullOrEmpty
            On TEAM Check | Should -BeNullOrEmpty
        }

        It 'takes a credential under a name of letters, digits and hyphens, with metadata' {
            Register-SecretVault Strict -VaultParameters @{ Names = '^[A-Za-z0-9-]{1,127}$' }
            $name = On Strict Put anna@contoso.com, $userId, $credential
            $name | Should -Match "^PasswordOps-$userId-\d{8}T\d{6}Z$"
            (Get-Secret $name Strict).GetNetworkCredential().Password | Should -BeExactly $planted
            (Get-SecretInfo $name Strict).Metadata.User | Should -BeExactly 'anna@contoso.com'
        }

        It 'gives a name of its own to every secret of a run' {
            $hidden = [Reflection.BindingFlags] 'Instance, NonPublic'
            $type = [PasswordOps.PasswordOpsConnection].Assembly.GetType('PasswordOps.SecretVault')
            function Twice {
                [CmdletBinding()] param()
                $face = [Activator]::CreateInstance($type, $hidden, $null, @($PSCmdlet, 'Team', [PasswordOps.Core.SystemClock]::Instance), $null)
                1..3 | ForEach-Object { $type.GetMethod('Put', $hidden).Invoke($face, @('anna@contoso.com', 'a/b@c', $credential)) }
            }
            $names = Twice
            $names | Select-Object -Unique | Should -HaveCount 3
            $names | ForEach-Object { $_ | Should -Match '^PasswordOps-a-b-c-' }
        }

        It 'gives a secret up again' {
            $name = On Team Put anna@contoso.com, $userId, $credential
            On Team Remove $name
            Get-SecretInfo -Vault Team | Should -BeNullOrEmpty
        }

        It 'is written to although the caller prefers to be asked, or to look on' {
            $ConfirmPreference = 'Low'
            $WhatIfPreference = $true
            $name = On Team Put anna@contoso.com, $userId, $credential
            Get-SecretInfo $name Team | Should -Not -BeNullOrEmpty
        }

        It 'does without metadata where the vault takes none' {
            Register-SecretVault Old -VaultParameters @{ NoMetadata = $true }
            $name = On Old Put anna@contoso.com, $userId, $credential
            (Get-SecretInfo $name Old).Metadata | Should -BeNullOrEmpty
        }
    }

    Context 'that is not well' {
        It 'is not found, and the others are named' {
            $failure = FailureOf { On Nowhere Check }
            $failure.Id | Should -BeExactly 'SecretVaultNotFound'
            $failure.Advice | Should -BeLike '*Team*'
            (FailureOf { On 'T*' Check }).Id | Should -BeExactly 'SecretVaultNotFound'
        }

        It 'says so before anything is written' {
            Register-SecretVault Broken -VaultParameters @{ Fail = 'Test' }
            (FailureOf { On Broken Check }).Id | Should -BeExactly 'SecretVaultFailed'
        }

        It 'fails with an error of ours, whichever way it fails: <_>' -ForEach 'Set', 'Throw' {
            Register-SecretVault Broken -VaultParameters @{ Fail = $_ }
            (FailureOf { On Broken Put anna@contoso.com, $userId, $credential }).Id | Should -BeExactly 'SecretVaultFailed'
        }

        It 'does not get the secret into any stream, error or list of errors: <_>' -ForEach 'Set', 'Throw', 'Nothing' {
            Register-SecretVault Careless -VaultParameters @{ Fail = $_ }
            $global:Error.Clear()
            $streams = try { On Careless Put anna@contoso.com, $userId, $credential *>&1 } catch { $caught = $_ }
            $all = @($streams; $global:Error; if (Test-Path variable:caught) { $caught })
            $text = $all | ForEach-Object {
                $_ | Format-List * -Force | Out-String
                for ($fault = $_.PSObject.Properties['Exception']; $fault -and $fault.Value; $fault = $fault.Value.PSObject.Properties['InnerException']) {
                    $fault.Value.ToString()
                }
            }
            "$text" -match $planted | Should -BeFalse -Because 'nobody may read the secret'
            @($all).Count | Should -BeGreaterThan 0
        }

        It 'keeps what it cannot give up, and says so' {
            Register-SecretVault Broken -VaultParameters @{ Fail = 'Remove' }
            $name = On Broken Put anna@contoso.com, $userId, $credential
            $failure = FailureOf { On Broken Remove $name }
            $failure.Id | Should -BeExactly 'SecretVaultFailed'
            $failure.Message | Should -BeLike "*$name*"
        }
    }

    Context 'without the module' {
        It 'names the line that installs it' {
            Remove-Module Microsoft.PowerShell.SecretManagement -Force
            $with = $env:PSModulePath
            $env:PSModulePath = $TestDrive
            try { $failure = FailureOf { On Team Check } } finally { $env:PSModulePath = $with }
            $failure.Id | Should -BeExactly 'SecretManagementNotInstalled'
            $failure.Advice | Should -BeLike '*Install-Module Microsoft.PowerShell.SecretManagement*'
        }
    }
}
