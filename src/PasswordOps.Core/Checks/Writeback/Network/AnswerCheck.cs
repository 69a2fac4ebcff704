using System;
using PasswordOps.Core.Writeback.Connection;

namespace PasswordOps.Core.Checks.Writeback.Network;

/// <summary>Does the endpoint answer a request as the service does?</summary>
internal sealed class AnswerCheck : EndpointCheck
{
    private const int Refused = 401;
    private const int NotFound = 404;
    private const int ProxySignIn = 407;
    private const int NetworkSignIn = 511;
    private const string RelaysWord = "MissingToken";

    public AnswerCheck()
        : base("writeback.network.answer", "Public scripts that try the relay of event 31019 (2024-25): a healthy relay answers 401")
    {
    }

    public override string AllWell(int endpoints) => Text.Of($"All endpoints answer as the service does ({endpoints}).");

    protected override Answer Decide(EndpointFacts facts)
    {
        VisitAnswer visit = facts.Visit;
        string name = facts.Endpoint.Name;
        if (visit.Reached < VisitStage.Secured || visit.Fault == NetworkFault.NotTrusted)
        {
            return NotReached(
                facts, visit.Fault == NetworkFault.NotTrusted
                    ? Text.Of($"{name} was asked nothing, for its certificate is not trusted.")
                    : null);
        }

        return visit.Status is int status ? OfStatus(facts, status) : new Answer(
            Verdict.Fail,
            visit.Fault switch
            {
                NetworkFault.TimedOut => Text.Of($"{name} takes a request and does not answer within {Seconds(facts.Limit)}."),
                NetworkFault.NotHttp => Text.Of($"What {name} answers is not HTTP."),
                NetworkFault.TooLong => Text.Of($"The answer of {name} does not end."),
                NetworkFault.Reset or NetworkFault.Closed => Text.Of($"The connection to {name} is cut as soon as a request is sent."),
                _ => Text.Of($"{name} did not answer."),
            },
            Word(visit.Fault, visit.Detail), facts.Now, LetOut(facts));
    }

    private static Answer OfStatus(EndpointFacts facts, int status)
    {
        string name = facts.Endpoint.Name;
        string said = facts.Visit.Said.IndexOf(RelaysWord, StringComparison.OrdinalIgnoreCase) >= 0 ? $" ({RelaysWord})" : string.Empty;
        string evidence = $"GET {(facts.Endpoint.Address.Endpoint is null ? "/" : "/<endpoint>")}: {status}{said}";
        Answer Well(string reason) => new(Verdict.Pass, reason, evidence, facts.Now);
        if (status is ProxySignIn or NetworkSignIn)
        {
            return new Answer(
                Verdict.Fail, Text.Of($"Something on the way to {name} asks for sign-in ({status}), which the "
                    + $"writeback service does not handle."),
                evidence, facts.Now, LetOut(facts));
        }

        if (!facts.Endpoint.IsRefusalExpected)
        {
            return status < 500
                ? Well(Text.Of($"{name} answers ({status})."))
                : new Answer(
                    Verdict.Warn, Text.Of($"{name} answers {status}: the service, or something on the way, is in trouble."), evidence,
                    facts.Now, Text.Of($"Run this again in some minutes; look at the service health of Microsoft Entra if it stays."));
        }

        if (status == Refused)
        {
            return Well(Text.Of($"{name} refuses a request without a token (401), as it should."));
        }

        bool isTrouble = status is NotFound or >= 500;
        return new Answer(
            isTrouble ? Verdict.Warn : Verdict.Fail,
            isTrouble
                ? Text.Of($"{name} answers {status} where the service says 401: the endpoint is no longer in "
                    + $"use there, or something on the way answers.")
                : Text.Of($"{name} answers {status} where the service says 401: something on the way answers in its place."),
            evidence, facts.Now,
            isTrouble
                ? Text.Of($"Take the endpoint from the newest event 31019; if it is that one, take "
                    + $"{facts.Endpoint.Listed} out of inspection.")
                : Text.Of($"Take {facts.Endpoint.Listed} out of the filter or the inspection on the way."));
    }
}
