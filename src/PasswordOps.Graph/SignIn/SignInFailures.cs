using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using Azure;
using Azure.Identity;
using Microsoft.Identity.Client;
using PasswordOps.Core;
using PasswordOps.Core.SignIn;
using PasswordOps.Graph.Errors;
using PasswordOps.Graph.Pipeline;

namespace PasswordOps.Graph.SignIn;

/// <summary>
/// Turns what the sign-in libraries throw into failures that a person can act on. It reads types, numbers and codes; their texts repeat
/// what was sent and are never passed on.
/// </summary>
internal sealed class SignInFailures
{
    private readonly SignInOptions options;

    public SignInFailures(SignInOptions options)
    {
        this.options = options;
    }

    /// <summary>True for what signing in may throw.</summary>
    public static bool Is(Exception error) =>
        error is AuthenticationFailedException or MsalException or RequestFailedException || NoAnswer.Is(error);

    public PasswordOpsException From(Exception error)
    {
        List<Exception> chain = new();
        for (Exception? cause = error; cause is not null; cause = cause.InnerException)
        {
            chain.Add(cause);
        }

        // These two give no codes to tell by.
        if (options.Kind is SignInKind.AzureCli)
        {
            return ErrorTable.Own("SignInCliUnavailable").Tell();
        }

        if (options.Kind is SignInKind.ManagedIdentity)
        {
            return ErrorTable.Own("SignInManagedIdentityUnavailable").Tell();
        }

        if (chain.OfType<MsalServiceException>().FirstOrDefault() is MsalServiceException refused && refused.StatusCode != 0)
        {
            return Refused(refused);
        }

        if (chain.FirstOrDefault(cause => cause is RequestFailedException { Status: 0 } or HttpRequestException) is Exception lost)
        {
            return Unreachable(NoAnswer.From(lost));
        }

        if (chain.OfType<AuthenticationRequiredException>().Any() || chain.OfType<MsalUiRequiredException>().Any())
        {
            return Told(new[] { "interaction_required" }, ErrorEvidence.None);
        }

        if (chain.OfType<MsalException>().FirstOrDefault() is MsalException local && !string.IsNullOrEmpty(local.ErrorCode))
        {
            return Told(new[] { local.ErrorCode }, new ErrorEvidence { ServiceCode = local.ErrorCode });
        }

        if (chain.Any(NoAnswer.Is))
        {
            return Unreachable(NoAnswer.From(error));
        }

        return Told(Array.Empty<string>(), ErrorEvidence.None);
    }

    private PasswordOpsException Refused(MsalServiceException refused)
    {
        List<string> words = new();
        string? trace = null;
        string? code = null;
        try
        {
            using JsonDocument body = JsonDocument.Parse(string.IsNullOrEmpty(refused.ResponseBody) ? "{}" : refused.ResponseBody);
            if (body.RootElement.ValueKind == JsonValueKind.Object)
            {
                foreach (JsonProperty member in body.RootElement.EnumerateObject())
                {
                    if (member.NameEquals("error_codes") && member.Value.ValueKind == JsonValueKind.Array)
                    {
                        words.AddRange(member.Value.EnumerateArray().Select(number => number.ToString()).Where(IsCode));
                        code = words.Count > 0 ? "AADSTS" + words[0] : null;
                    }
                    else if (member.NameEquals("trace_id") && Guid.TryParse(member.Value.ToString(), out Guid id))
                    {
                        trace = id.ToString("D");
                    }
                }
            }
        }
        catch (JsonException)
        {
            // A proxy answered; the status is all there is.
        }

        if (IsCode(refused.ErrorCode))
        {
            words.Add(refused.ErrorCode);
        }

        return Told(words, new ErrorEvidence
        {
            Status = refused.StatusCode, ServiceCode = code ?? (IsCode(refused.ErrorCode) ? refused.ErrorCode : null), RequestId = trace,
        });
    }

    private PasswordOpsException Unreachable(NoAnswer reason) =>
        ErrorTable.Own("SignInNoNetwork").Tell(("host", options.Cloud.Authority.Authority), ("why", reason.Why));

    private PasswordOpsException Told(IReadOnlyList<string> words, ErrorEvidence evidence) =>
        ErrorTable.Find(ErrorTable.SignIn, new HashSet<string>(words, StringComparer.OrdinalIgnoreCase)).Tell(
            evidence,
            ("client", options.ClientId ?? Credentials.DefaultClientId),
            ("tenant", options.TenantId ?? Text.Of($"of the account")),
            ("code", evidence.ServiceCode ?? Text.Of($"no code")));

    /// <summary>A number or a word of lower case letters: nothing that could carry what was sent.</summary>
    private static bool IsCode(string? text) =>
        text is { Length: > 0 and <= 60 } && text.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_');
}
