namespace PasswordOps.Core.SignIn;

/// <summary>How a connection proves who it is.</summary>
public enum SignInKind
{
    /// <summary>A person in a web browser on this machine.</summary>
    InteractiveBrowser,

    /// <summary>A person in a web browser anywhere, with a code.</summary>
    DeviceCode,

    /// <summary>An application with a secret.</summary>
    ClientSecret,

    /// <summary>An application with a certificate.</summary>
    Certificate,

    /// <summary>The managed identity of the Azure resource that this runs on.</summary>
    ManagedIdentity,

    /// <summary>A federated token from a file, as Kubernetes and other workload platforms hand out.</summary>
    WorkloadIdentity,

    /// <summary>Whoever is signed in to Azure CLI on this machine.</summary>
    AzureCli,

    /// <summary>A token that the caller has already.</summary>
    AccessToken,
}
