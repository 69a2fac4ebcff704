param([Parameter(Mandatory)] [string] $Module)

BeforeAll {
    . "$PSScriptRoot/common.ps1" -Module $Module
    # Where the personal store is a folder it is one of the test's own.
    $env:HOME = "$TestDrive"
    $planted = 'Planted-Secret-1'
    $password = [PasswordOps.Core.Passwords.Password]::new($planted.ToCharArray())
    $assembly = [PasswordOps.PasswordOpsConnection].Assembly
    $hidden = [Reflection.BindingFlags] 'Static, NonPublic'
    $sealer = $assembly.GetType('PasswordOps.Adapters').GetMethod('PasswordSealer', $hidden).Invoke($null, @())

    # As a cmdlet asks for a recipient.
    function Find {
        [CmdletBinding()]
        param([object] $Recipient)
        try { $assembly.GetType('PasswordOps.SealingRecipient').GetMethod('Find', $hidden).Invoke($null, @($PSCmdlet, $sealer, $Recipient)) }
        catch { throw $_.Exception.GetBaseException() }
    }

    function NewCertificate([string] $Subject, [switch] $ForDocuments, [string] $Usage = 'KeyEncipherment') {
        $request = [Security.Cryptography.X509Certificates.CertificateRequest]::new(
            $Subject, [Security.Cryptography.RSA]::Create(2048), 'SHA256', [Security.Cryptography.RSASignaturePadding]::Pkcs1)
        $request.CertificateExtensions.Add([Security.Cryptography.X509Certificates.X509KeyUsageExtension]::new($Usage, $true))
        if ($ForDocuments) {
            $purposes = [Security.Cryptography.OidCollection]::new()
            $null = $purposes.Add([Security.Cryptography.Oid]::new('1.3.6.1.4.1.311.80.1'))
            $request.CertificateExtensions.Add([Security.Cryptography.X509Certificates.X509EnhancedKeyUsageExtension]::new($purposes, $false))
        }
        $certificate = $request.CreateSelfSigned([DateTimeOffset]::Now.AddDays(-1), [DateTimeOffset]::Now.AddDays(30))
        $file = "$TestDrive/$([guid]::NewGuid()).pfx"
        [IO.File]::WriteAllBytes($file, $certificate.Export('Pfx'))
        [pscustomobject]@{
            Certificate = [Security.Cryptography.X509Certificates.X509Certificate2]::new($file, '', 'PersistKeySet, Exportable'); Pfx = $file
        }
    }

    function Store([string] $Action, [object[]] $Of) {
        $store = [Security.Cryptography.X509Certificates.X509Store]::new('My', 'CurrentUser')
        $store.Open('ReadWrite')
        $Of | ForEach-Object { $store.$Action($_.Certificate) }
        $store.Close()
    }

    $anna = NewCertificate "CN=Anna $([guid]::NewGuid()), O=Contoso" -ForDocuments
    $plain = NewCertificate "CN=Bert $([guid]::NewGuid()), O=Contoso"
    $signing = NewCertificate "CN=Carla $([guid]::NewGuid())" -ForDocuments -Usage DigitalSignature
    Store Add $anna, $plain, $signing
}

AfterAll {
    Store Remove $anna, $plain, $signing
    $password.Dispose()
}

Describe 'A sealed password' {
    It 'is opened by Unprotect-CmsMessage with the key in the store, and with a PFX file' {
        $message = $sealer.Seal((Find $anna.Certificate), $password)
        $message -match $planted | Should -BeFalse
        Unprotect-CmsMessage -Content $message | Should -BeExactly $planted
        Unprotect-CmsMessage -Content $message -To $anna.Pfx | Should -BeExactly $planted
        Unprotect-CmsMessage -Content $message -To $anna.Certificate.Thumbprint | Should -BeExactly $planted
        Unprotect-CmsMessage -Content "Dear Anna,`n$message`nBye" | Should -BeExactly $planted
    }

    It 'shows Get-CmsMessage whom it is for' {
        $shown = Get-CmsMessage -Content $sealer.Seal((Find $anna.Certificate), $password)
        $shown.RecipientInfos.RecipientIdentifier.Value.SerialNumber | Should -Be $anna.Certificate.SerialNumber
        $shown.ContentEncryptionAlgorithm.Oid.Value | Should -Be '2.16.840.1.101.3.4.1.42'
    }

    It 'for a certificate without the mark of document encryption opens from the store only' {
        $certificate = Find $plain.Certificate
        $certificate.IsForDocuments | Should -BeFalse
        $message = $sealer.Seal($certificate, $password)
        Unprotect-CmsMessage -Content $message | Should -BeExactly $planted
        { Unprotect-CmsMessage -Content $message -To $plain.Certificate } | Should -Throw -ErrorId 'CertificateCannotBeUsedForEncryption*'
    }
}

Describe 'The recipient of a sealed password' {
    It 'is found as <Name>' -ForEach @(
        @{ Name = 'object'; Give = { $anna.Certificate } }
        @{ Name = 'wrapped object'; Give = { [psobject] $anna.Certificate } }
        @{ Name = 'thumbprint'; Give = { $anna.Certificate.Thumbprint } }
        @{ Name = 'subject'; Give = { $anna.Certificate.Subject } }
        @{ Name = 'part of the subject'; Give = { "*$($anna.Certificate.Subject.Substring(8, 36))*" } }
        @{ Name = 'PEM text'; Give = { $anna.Certificate.ExportCertificatePem() } }
        @{ Name = 'relative path'; Give = { [IO.File]::WriteAllText("$TestDrive/anna [1].crt", $anna.Certificate.ExportCertificatePem()); './anna [1].crt' } }
        @{ Name = 'file'; Give = { [IO.File]::WriteAllBytes("$TestDrive/anna.cer", $anna.Certificate.RawData); Get-Item "$TestDrive/anna.cer" } }
    ) {
        Push-Location $TestDrive
        try { (Find (& $Give)).Thumbprint | Should -Be $anna.Certificate.Thumbprint } finally { Pop-Location }
    }

    It 'is refused with <Id>' -ForEach @(
        @{ Id = 'CertificateHoldsKey'; Give = { $anna.Pfx } }
        @{ Id = 'CertificateCannotEncrypt'; Give = { $signing.Certificate.Thumbprint } }
        @{ Id = 'CertificateNotFound'; Give = { 'CN=Nobody, O=Contoso' } }
        @{ Id = 'CertificateNotFound'; Give = { 'nowhere:/anna.cer' } }
        @{ Id = 'CertificateAmbiguous'; Give = { '*O=Contoso*' } }
    ) {
        $failure = try { $null = Find (& $Give); $null } catch { $_.Exception }
        $failure.Id | Should -BeExactly $Id
    }
}
