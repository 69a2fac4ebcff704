@{
    RootModule           = "$PSEdition/PasswordOps.dll"
    ModuleVersion        = '0.1.0'
    GUID                 = '7f0c8a52-3b0e-4a61-9a5b-5d4d7f7e0c11'
    Author               = 'The PasswordOps authors'
    CompanyName          = 'The PasswordOps authors'
    Copyright            = '(c) The PasswordOps authors'
    Description          = 'Runs passwords in Microsoft Entra ID and hybrid Active Directory: may I, will it work, did it? Readiness for self-service password reset, contact data in bulk, resets by the right route, health of password writeback, and a practice tenant to rehearse it all.'
    PowerShellVersion    = '5.1'
    CompatiblePSEditions = @('Core', 'Desktop')
    FormatsToProcess     = @('PasswordOps.format.ps1xml')
    CmdletsToExport      = @(
        'Compare-SsprContactData'
        'Connect-PasswordOps'
        'Disconnect-PasswordOps'
        'Export-PasswordReport'
        'Export-SsprContactData'
        'Get-PasswordOpsContext'
        'Get-PasswordOpsJournal'
        'Get-SsprActivity'
        'Get-SsprContactData'
        'Get-SsprRegistration'
        'Get-WritebackEvent'
        'Get-WritebackHealth'
        'Grant-WritebackPermission'
        'Remove-SsprContactData'
        'Reset-AadUserPassword'
        'Restore-SsprContactData'
        'Set-SsprContactData'
        'Start-PracticeTenant'
        'Stop-PracticeTenant'
        'Test-AadPasswordReset'
        'Test-SsprReadiness'
        'Test-WritebackConnection'
        'Test-WritebackPermission'
        'Update-AadMyPassword'
    )
    FunctionsToExport    = @()
    VariablesToExport    = @()
    AliasesToExport      = @('Reset-EntraUserPassword', 'Test-EntraPasswordReset', 'Update-EntraMyPassword')
    PrivateData          = @{
        PSData = @{
            Tags         = @('Entra', 'EntraID', 'AzureAD', 'Password', 'SSPR', 'PasswordReset', 'PasswordWriteback', 'Identity', 'ActiveDirectory', 'PSEdition_Core', 'PSEdition_Desktop', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://opensource.org/license/mit'
        }
    }
}
