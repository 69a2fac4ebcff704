using System;
using System.Management.Automation;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using PasswordOps.Core;
using PasswordOps.Core.SignIn;

namespace PasswordOps;

/// <summary>Signs in to a tenant. The connection becomes the one that all cmdlets of this process use.</summary>
[Cmdlet(VerbsCommunications.Connect, "PasswordOps", DefaultParameterSetName = InteractiveSet)]
[OutputType(typeof(PasswordOpsConnection))]
public sealed class ConnectPasswordOpsCommand : PasswordOpsCmdlet
{
    private const string InteractiveSet = "Interactive";
    private const string DeviceCodeSet = "DeviceCode";
    private const string SecretSet = "ClientSecret";
    private const string SecretCredentialSet = "ClientSecretCredential";
    private const string CertificatePathSet = "CertificatePath";
    private const string CertificateThumbprintSet = "CertificateThumbprint";
    private const string CertificateSet = "Certificate";
    private const string ManagedIdentitySet = "ManagedIdentity";
    private const string WorkloadIdentitySet = "WorkloadIdentity";
    private const string AzureCliSet = "AzureCli";
    private const string AccessTokenSet = "AccessToken";
    private const string PracticeSet = "PracticeTenant";

    private X509Certificate2? opened;

    /// <summary>Tenant id or one of the tenant's domains.</summary>
    [Parameter(ParameterSetName = InteractiveSet)]
    [Parameter(ParameterSetName = DeviceCodeSet)]
    [Parameter(ParameterSetName = SecretSet, Mandatory = true)]
    [Parameter(ParameterSetName = SecretCredentialSet, Mandatory = true)]
    [Parameter(ParameterSetName = CertificatePathSet, Mandatory = true)]
    [Parameter(ParameterSetName = CertificateThumbprintSet, Mandatory = true)]
    [Parameter(ParameterSetName = CertificateSet, Mandatory = true)]
    [Parameter(ParameterSetName = WorkloadIdentitySet)]
    [Parameter(ParameterSetName = AzureCliSet)]
    [ValidateNotNullOrEmpty]
    [Alias("Tenant")]
    public string? TenantId { get; set; }

    /// <summary>Application (client) id.</summary>
    [Parameter(ParameterSetName = InteractiveSet)]
    [Parameter(ParameterSetName = DeviceCodeSet)]
    [Parameter(ParameterSetName = SecretSet, Mandatory = true)]
    [Parameter(ParameterSetName = CertificatePathSet, Mandatory = true)]
    [Parameter(ParameterSetName = CertificateThumbprintSet, Mandatory = true)]
    [Parameter(ParameterSetName = CertificateSet, Mandatory = true)]
    [Parameter(ParameterSetName = ManagedIdentitySet)]
    [Parameter(ParameterSetName = WorkloadIdentitySet)]
    [ValidateNotNullOrEmpty]
    [Alias("AppId", "ApplicationId")]
    public string? ClientId { get; set; }

    /// <summary>Sign in with a browser on this machine; the default.</summary>
    [Parameter(ParameterSetName = InteractiveSet)]
    public SwitchParameter Interactive { get; set; }

    /// <summary>Sign in with a code in a browser anywhere.</summary>
    [Parameter(ParameterSetName = DeviceCodeSet, Mandatory = true)]
    [Alias("UseDeviceCode", "UseDeviceAuthentication")]
    public SwitchParameter DeviceCode { get; set; }

    /// <summary>Secret of the application.</summary>
    [Parameter(ParameterSetName = SecretSet, Mandatory = true)]
    public SecureString? ClientSecret { get; set; }

    /// <summary>Application id as user name and its secret as password.</summary>
    [Parameter(ParameterSetName = SecretCredentialSet, Mandatory = true)]
    [Credential]
    public PSCredential? ClientSecretCredential { get; set; }

    /// <summary>PFX file with the application's certificate and private key; on PowerShell 7 also a PEM file with both.</summary>
    [Parameter(ParameterSetName = CertificatePathSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string? CertificatePath { get; set; }

    /// <summary>Password of the certificate's file.</summary>
    [Parameter(ParameterSetName = CertificatePathSet)]
    public SecureString? CertificatePassword { get; set; }

    /// <summary>Thumbprint of the application's certificate in the personal store of the user or of the machine.</summary>
    [Parameter(ParameterSetName = CertificateThumbprintSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string? CertificateThumbprint { get; set; }

    /// <summary>The application's certificate with its private key.</summary>
    [Parameter(ParameterSetName = CertificateSet, Mandatory = true)]
    [ValidateNotNull]
    public X509Certificate2? Certificate { get; set; }

    /// <summary>Sign in as the managed identity of the Azure resource that this runs on; -ClientId names a user-assigned one.</summary>
    [Parameter(ParameterSetName = ManagedIdentitySet, Mandatory = true)]
    public SwitchParameter ManagedIdentity { get; set; }

    /// <summary>Sign in with a federated token, as Kubernetes and other workload platforms hand out.</summary>
    [Parameter(ParameterSetName = WorkloadIdentitySet, Mandatory = true)]
    public SwitchParameter WorkloadIdentity { get; set; }

    /// <summary>File with the federated token; without it AZURE_FEDERATED_TOKEN_FILE says where it is.</summary>
    [Parameter(ParameterSetName = WorkloadIdentitySet)]
    [ValidateNotNullOrEmpty]
    public string? TokenFile { get; set; }

    /// <summary>Sign in as whoever is signed in to Azure CLI.</summary>
    [Parameter(ParameterSetName = AzureCliSet, Mandatory = true)]
    public SwitchParameter AzureCli { get; set; }

    /// <summary>A token for Microsoft Graph that you have already.</summary>
    [Parameter(ParameterSetName = AccessTokenSet, Mandatory = true)]
    public SecureString? AccessToken { get; set; }

    /// <summary>A practice tenant, as Start-PracticeTenant gives it, or the line that one printed which runs already.</summary>
    [Parameter(ParameterSetName = PracticeSet, Mandatory = true, ValueFromPipeline = true)]
    [PracticeTenantTransformation]
    [ValidateNotNull]
    public PracticeTenant? PracticeTenant { get; set; }

    /// <summary>Name or id of the practice tenant's application to sign in as; without it the first.</summary>
    [Parameter(ParameterSetName = PracticeSet)]
    [ArgumentCompleter(typeof(PracticeAppCompleter))]
    [ValidateNotNullOrEmpty]
    public string? App { get; set; }

    /// <summary>Delegated permissions to ask for; without it all that the application was granted.</summary>
    [Parameter(ParameterSetName = InteractiveSet)]
    [Parameter(ParameterSetName = DeviceCodeSet)]
    [ValidateNotNullOrEmpty]
    public string[] Scopes { get; set; } = Array.Empty<string>();

    /// <summary>National cloud: Global, USGov, USGovDoD or China.</summary>
    [Parameter(ParameterSetName = InteractiveSet)]
    [Parameter(ParameterSetName = DeviceCodeSet)]
    [Parameter(ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = SecretCredentialSet)]
    [Parameter(ParameterSetName = CertificatePathSet)]
    [Parameter(ParameterSetName = CertificateThumbprintSet)]
    [Parameter(ParameterSetName = CertificateSet)]
    [Parameter(ParameterSetName = ManagedIdentitySet)]
    [Parameter(ParameterSetName = WorkloadIdentitySet)]
    [Parameter(ParameterSetName = AzureCliSet)]
    [Parameter(ParameterSetName = AccessTokenSet)]
    [ArgumentCompleter(typeof(CloudCompleter))]
    [ValidateNotNullOrEmpty]
    [Alias("Environment")]
    public string Cloud { get; set; } = "Global";

    /// <inheritdoc/>
    private protected override void Process()
    {
        RequestTrace trace = new();
        Follow(trace);
        SignInOptions options = Options(trace);
        WriteVerbose(Text.Of($"Signing in by {options.Kind} at {options.Cloud.Authority}"));
        IConnection session = Await(stop => Adapters.SignIn().ConnectAsync(options, Show, stop));
        PasswordOpsConnection connection = new(session, opened, trace);
        opened = null;
        Connections.Latest = connection;
        WriteObject(connection);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            opened?.Dispose();
        }

        base.Dispose(disposing);
    }

    private SignInOptions Options(RequestTrace trace)
    {
        if (PracticeTenant is not null)
        {
            SignInOptions practice = PracticeTenant.SignIn(App, trace.Write);
            opened = practice.Certificate;
            return practice;
        }

        return new SignInOptions
        {
            Kind = Kind(),
            Cloud = Core.Directory.Cloud.Named(Cloud),
            TenantId = TenantId,
            ClientId = ClientSecretCredential?.UserName ?? ClientId,
            ClientSecret = ClientSecretCredential?.Password ?? ClientSecret,
            Certificate = ChosenCertificate(),
            TokenFile = TokenFile is null ? null : GetUnresolvedProviderPathFromPSPath(TokenFile),
            AccessToken = AccessToken,
            Scopes = Scopes,
            Log = trace.Write,
        };
    }

    private SignInKind Kind() => ParameterSetName switch
    {
        DeviceCodeSet => SignInKind.DeviceCode,
        SecretSet or SecretCredentialSet => SignInKind.ClientSecret,
        CertificatePathSet or CertificateThumbprintSet or CertificateSet => SignInKind.Certificate,
        ManagedIdentitySet => SignInKind.ManagedIdentity,
        WorkloadIdentitySet => SignInKind.WorkloadIdentity,
        AzureCliSet => SignInKind.AzureCli,
        AccessTokenSet => SignInKind.AccessToken,
        _ => SignInKind.InteractiveBrowser,
    };

    private X509Certificate2? ChosenCertificate() => ParameterSetName switch
    {
        CertificatePathSet => opened = Certificates.FromFile(GetUnresolvedProviderPathFromPSPath(CertificatePath), CertificatePassword),
        CertificateThumbprintSet => opened = Certificates.FromStore(CertificateThumbprint!),
        _ => Certificate,
    };

    /// <summary>Shows a device code whatever the preferences are: without it nobody can sign in.</summary>
    private void Show(DeviceCodePrompt prompt) =>
        Send(() => WriteInformation(new HostInformationMessage { Message = prompt.Message }, new[] { "PSHOST" }));
}
