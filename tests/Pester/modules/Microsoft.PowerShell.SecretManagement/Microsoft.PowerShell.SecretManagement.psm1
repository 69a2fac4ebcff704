# Vaults in memory, by the public behaviour of the module that this stands in for. What to fail at is given when a vault is registered:
#   Register-SecretVault -Name Broken -VaultParameters @{ Fail = 'Test', 'Set', 'Remove', 'Throw' }
#   Register-SecretVault -Name Old -VaultParameters @{ NoMetadata = $true }
#   Register-SecretVault -Name Strict -VaultParameters @{ Names = '^[A-Za-z0-9-]{1,127}$' }
#   Register-SecretVault -Name Busy -VaultParameters @{ Before = { something that happens before a secret is stored } }
#   Register-SecretVault -Name Discreet -VaultParameters @{ Quiet = $true }
# Any other vault says the secret aloud on every stream, as a careless one would.
$script:vaults = [ordered]@{}

function Vault([string] $Name) {
    if (-not $script:vaults.Contains($Name)) { throw "Vault '$Name' is not registered." }
    $script:vaults[$Name]
}

function Fails([object] $Vault, [string] $At) { $At -in @($Vault.VaultParameters['Fail']) }

function Register-SecretVault {
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $Name, [string] $ModuleName = 'InMemory', [hashtable] $VaultParameters = @{})
    $script:vaults[$Name] = [pscustomobject]@{
        Name = $Name; ModuleName = $ModuleName; VaultParameters = $VaultParameters; Secrets = @{}; Metadata = @{}; Writes = 0
    }
}

function Unregister-SecretVault {
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $Name)
    $script:vaults.Remove($Name)
}

function Get-SecretVault {
    [CmdletBinding()]
    param([string] $Name = '*')
    $script:vaults.Values | Where-Object Name -Like $Name | Select-Object Name, ModuleName, VaultParameters
}

function Test-SecretVault {
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $Name)
    -not (Fails (Vault $Name) Test)
}

function Set-Secret {
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [string] $Name, [Parameter(Mandatory)] [object] $Secret, [string] $Vault, [hashtable] $Metadata, [switch] $NoClobber)
    $vaultFound = Vault $Vault
    if (-not $PSCmdlet.ShouldProcess($Vault, "Write $Name")) { return }
    $vaultFound.Writes++
    if ($vaultFound.VaultParameters['Before']) { $null = & $vaultFound.VaultParameters['Before'] }
    $aloud = if ($vaultFound.VaultParameters['Quiet']) { 'a secret' } else { $Secret.GetNetworkCredential().Password }
    Write-Warning $aloud; Write-Verbose $aloud -Verbose; Write-Information $aloud -InformationAction Continue; Write-Debug $aloud -Debug
    if (Fails $vaultFound Throw) { throw $aloud }
    if (Fails $vaultFound Set) { Write-Error "Cannot write $aloud." -TargetObject $aloud -ErrorId $aloud; return }
    if ($Metadata -and $vaultFound.VaultParameters['NoMetadata']) { Write-Error 'The vault takes no metadata.'; return }
    if ($vaultFound.VaultParameters['Names'] -and $Name -notmatch $vaultFound.VaultParameters['Names']) { throw "The name $Name is not taken." }
    $vaultFound.Secrets[$Name] = $Secret
    $vaultFound.Metadata[$Name] = $Metadata
}

function Get-Secret {
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $Name, [Parameter(Mandatory)] [string] $Vault)
    if (-not (Vault $Vault).Secrets.ContainsKey($Name)) { Write-Error "There is no secret $Name."; return }
    (Vault $Vault).Secrets[$Name]
}

function Get-SecretInfo {
    [CmdletBinding()]
    param([string] $Name = '*', [Parameter(Mandatory)] [string] $Vault)
    $vaultFound = Vault $Vault
    $vaultFound.Secrets.Keys | Where-Object { $_ -like $Name } | Sort-Object | ForEach-Object {
        [pscustomobject]@{ Name = $_; VaultName = $Vault; Type = $vaultFound.Secrets[$_].GetType().Name; Metadata = $vaultFound.Metadata[$_] }
    }
}

function Remove-Secret {
    [CmdletBinding(SupportsShouldProcess)]
    param([Parameter(Mandatory)] [string] $Name, [Parameter(Mandatory)] [string] $Vault)
    $vaultFound = Vault $Vault
    if (-not $PSCmdlet.ShouldProcess($Vault, "Remove $Name")) { return }
    if (Fails $vaultFound Remove) { throw 'Cannot remove.' }
    if (-not $vaultFound.Secrets.ContainsKey($Name)) { Write-Error "There is no secret $Name."; return }
    $vaultFound.Secrets.Remove($Name)
}
