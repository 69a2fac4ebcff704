@{
    RootModule        = 'Microsoft.PowerShell.SecretManagement.psm1'
    ModuleVersion     = '1.1.2'
    GUID              = '4b4c1f0e-6d0f-4c7f-9a55-2f3a7a3f4f10'
    Author            = 'The PasswordOps authors'
    Description       = 'Stands in for the module of that name in the tests: vaults in memory that fail when told to.'
    FunctionsToExport = @(
        'Get-SecretVault', 'Register-SecretVault', 'Unregister-SecretVault', 'Test-SecretVault', 'Set-Secret', 'Get-Secret', 'Get-SecretInfo',
        'Remove-Secret'
    )
    CmdletsToExport   = @()
    VariablesToExport = @()
    AliasesToExport   = @()
}
