using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.Serialization;
using System.Runtime.Serialization.Json;
using System.Security;
using System.Text;
using PasswordOps.Core.Passwords;

namespace PasswordOps;

/// <summary>
/// The one line of JSON that a practice tenant prints when it can be used. Read with the serializer of the base class library, the only one
/// that Windows PowerShell has without a third party's help.
/// </summary>
[DataContract]
internal sealed class ReadyLine
{
    [DataMember(Name = "authority", IsRequired = true)]
    internal string Authority { get; set; } = string.Empty;

    [DataMember(Name = "graph", IsRequired = true)]
    internal string Graph { get; set; } = string.Empty;

    [DataMember(Name = "tenantId", IsRequired = true)]
    internal string TenantId { get; set; } = string.Empty;

    [DataMember(Name = "caCertificateFile", IsRequired = true)]
    internal string CaCertificateFile { get; set; } = string.Empty;

    [DataMember(Name = "processId")]
    internal int ProcessId { get; set; }

    [DataMember(Name = "users")]
    internal int Users { get; set; }

    [DataMember(Name = "apps", IsRequired = true)]
    internal List<AppEntry> Apps { get; set; } = new();

    [DataMember(Name = "people")]
    internal List<PersonEntry>? People { get; set; }

    /// <summary>Reads the line.</summary>
    /// <param name="line">What the tenant printed.</param>
    /// <returns>Its content; null when it is not such a line.</returns>
    internal static ReadyLine? Parse(string line)
    {
        if (!line.StartsWith("{", StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            using MemoryStream stream = new(Encoding.UTF8.GetBytes(line));
            return (ReadyLine?)new DataContractJsonSerializer(typeof(ReadyLine)).ReadObject(stream);
        }
        catch (SerializationException)
        {
            return null;
        }
    }

    private static SecureString? Hide(string? text)
    {
        if (text is null)
        {
            return null;
        }

        using Password password = new(text.ToCharArray());
        return password.ToSecureString();
    }

    [DataContract]
    internal sealed class AppEntry
    {
        [DataMember(Name = "displayName", IsRequired = true)]
        internal string DisplayName { get; set; } = string.Empty;

        [DataMember(Name = "appId", IsRequired = true)]
        internal string AppId { get; set; } = string.Empty;

        [DataMember(Name = "secret")]
        internal string? Secret { get; set; }

        [DataMember(Name = "certificateFile")]
        internal string? CertificateFile { get; set; }

        [DataMember(Name = "certificatePassword")]
        internal string? CertificatePassword { get; set; }

        [DataMember(Name = "publicClient")]
        internal bool PublicClient { get; set; }

        [DataMember(Name = "about")]
        internal string? About { get; set; }

        [DataMember(Name = "permissions")]
        internal List<string>? Permissions { get; set; }

        [DataMember(Name = "roles")]
        internal List<string>? Roles { get; set; }

        internal PracticeApp ToApp() => new()
        {
            DisplayName = DisplayName,
            AppId = AppId,
            Secret = Hide(Secret),
            CertificateFile = CertificateFile,
            CertificatePassword = Hide(CertificatePassword),
            PublicClient = PublicClient,
            About = About,
            Permissions = Permissions?.ToArray() ?? Array.Empty<string>(),
            Roles = Roles?.ToArray() ?? Array.Empty<string>(),
        };
    }

    [DataContract]
    internal sealed class PersonEntry
    {
        [DataMember(Name = "userPrincipalName", IsRequired = true)]
        internal string UserPrincipalName { get; set; } = string.Empty;

        [DataMember(Name = "id")]
        internal string Id { get; set; } = string.Empty;

        [DataMember(Name = "about")]
        internal string About { get; set; } = string.Empty;

        internal PracticePerson ToPerson() => new() { UserPrincipalName = UserPrincipalName, Id = Id, About = About };
    }
}
