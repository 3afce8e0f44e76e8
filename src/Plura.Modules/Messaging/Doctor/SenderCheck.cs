using Microsoft.Extensions.Configuration;
using Plura.Accounts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>Whether servers can tell that a letter is really from the domain in its From line: signature, alignment, DMARC and SPF.</summary>
public sealed class SenderCheck(IDnsTexts dns, DmarcWalk dmarc, SpfCount spf, Signers signers, ReturnAddresses returns, IConfiguration configuration)
{
    public async Task<IReadOnlyList<LetterFinding>> Examine(AccountCard account, string fromEmail, CancellationToken ct)
    {
        var from = DomainNames.Of(fromEmail);
        var findings = new List<LetterFinding>();
        var signer = await signers.Of(account, fromEmail, ct);
        if (await Signature(signer, ct) is not { } signature)
            return [Unknown(signer!.Domain)];
        findings.Add(signature);
        // A name system that does not answer once is not asked again: each question costs whoever waits some seconds.
        if (await dmarc.Of(from, ct) is not { } policy)
            return [.. findings, Unknown(from)];
        findings.Add(Policy(from, policy));
        if (signer is not null)
            findings.Add(await Alignment(from, signer.Domain, policy, ct));
        if (Envelope(fromEmail) is { } envelope)
            findings.Add(await spf.Of(envelope, ct) is { } servers ? Servers(envelope, servers, DomainNames.IsIn(envelope, policy.Organization)) : Unknown(envelope));
        return findings;
    }

    /// <summary>Null where nobody could be asked.</summary>
    private async Task<LetterFinding?> Signature(LetterSigner? signer, CancellationToken ct)
    {
        if (signer?.Key.Published is not { } key)
            return new("auth.unsigned", LetterHealth.Bad, "The letter is not signed", "Gmail, Yahoo and Microsoft refuse unsigned letters to many people. Set up a domain of your own under Settings, Sending domains; or whoever runs this installation makes a key with bin/plura dkim create and names a domain in its settings.");
        var (signedBy, record) = (signer.Domain, new DnsRecord(DkimRecord.Name(signer.Selector, signer.Domain), DkimRecord.Text(key)));
        if (await dns.Texts(record.Name, ct) is not { } texts)
            return null;
        return DkimRecord.Fits(texts, key)
            ? new("auth.signed", LetterHealth.Good, $"Signed by {signedBy}", "The key stands in the DNS, so that every server can check that nobody changed the letter.")
            : new("auth.no_key", LetterHealth.Bad, $"The key of {signedBy} is not in the DNS", "Letters are signed, but nobody can check the signature, which counts as none. Add this record.", record);
    }

    private async Task<LetterFinding> Alignment(string from, string signedBy, DmarcAnswer policy, CancellationToken ct)
    {
        var same = from == signedBy;
        if (!same && policy.Record is not { Strict: true })
            same = (await dmarc.Of(signedBy, ct))?.Organization == policy.Organization;
        if (same)
            return new("auth.aligned", LetterHealth.Good, "Sender and signature are one", $"The letter comes from {from} and is signed by {signedBy}.");
        var then = policy.Policy is "quarantine" or "reject" ? $" {from} asks servers to {(policy.Policy == "reject" ? "refuse" : "hide")} such letters, and they will." : "";
        return new("auth.not_aligned", LetterHealth.Bad, "Sender and signature are two", $"The letter says that it comes from {from}, but it is signed by {signedBy}.{then} Write from an address at {signedBy}, or set up {from} under Settings, Sending domains.");
    }

    private static LetterFinding Policy(string from, DmarcAnswer answer) => answer switch
    {
        { Record: null } => new("dmarc.none", LetterHealth.Bad, $"{from} says nothing about its mail", "Gmail, Yahoo and Microsoft ask every domain that writes to many for a DMARC record. This one asks for nothing but reports, and breaks nothing.", new DnsRecord($"_dmarc.{answer.Organization}", $"v=DMARC1; p=none; rua=mailto:postmaster@{answer.Organization}")),
        { Policy: "none" } => new("dmarc.watching", LetterHealth.Good, $"{from} has a DMARC record", "It only watches so far. Once you know that all your mail is signed, let it say p=quarantine: then nobody else can write in your name."),
        var strict => new("dmarc.guarded", LetterHealth.Good, $"{from} is guarded by DMARC", $"Servers {(strict.Policy == "reject" ? "refuse" : "hide")} what others send in its name."),
    };

    /// <summary>What an SPF record has to say so that it names the installation's mail server: <c>Email__Spf</c>; null where whoever runs it did not say.</summary>
    private string? Ours => configuration["Email:Spf"] is { Length: > 0 } term ? term : null;

    private LetterFinding Servers(string envelope, SpfAnswer servers, bool theirs) => servers switch
    {
        // Somebody else's domain: they can only ask.
        { Records: not 1 } when !theirs => new("spf.none", LetterHealth.Notice, $"{envelope} does not say which servers send for it", "Letters come back to this domain, which belongs to whoever runs this installation: tell them that it needs an SPF record."),
        { Records: 0 } => new("spf.none", LetterHealth.Notice, $"{envelope} does not say which servers send for it", "Letters come back to this domain. Add an SPF record that names the mail server of this installation" + (Ours is null ? "; whoever runs it tells what to write." : "."), new DnsRecord(envelope, servers.With(Ours ?? "mx"))),
        { Records: > 1 } => new("spf.several", LetterHealth.Bad, $"{envelope} has several SPF records", "Servers take that for a mistake and believe none of them. Make one of them."),
        { Everybody: true } => new("spf.everybody", LetterHealth.Bad, $"{envelope} lets everybody send for it", "Its SPF record ends with +all. Let it end with ~all or -all."),
        { Broken: { } term } => new("spf.broken", LetterHealth.Bad, $"The SPF record of {envelope} does not work", $"“{term}” in it points to where no SPF record stands. Servers take that for a mistake and believe nothing of it: correct it, or take it out."),
        { Lookups: > SpfCount.Most } => new("spf.long", LetterHealth.Bad, $"The SPF record of {envelope} is too long", $"It costs more than {SpfCount.Most} questions, and servers ask no more than that. Take out what you do not use."),
        _ when theirs && Ours is { } ours && !servers.Names(ours) => new("spf.missing", LetterHealth.Notice, $"The SPF record of {envelope} does not name our mail server", "Put this in its place: it is the same with our mail server in it.", new DnsRecord(envelope, servers.With(ours))),
        _ => new("spf.fine", LetterHealth.Good, $"{envelope} says which servers send for it", $"Its SPF record costs {Ui.Say.Count(servers.Lookups, "question")} of the {SpfCount.Most} that are allowed. That the right server is among them shows when a letter is sent."),
    };

    private static LetterFinding Unknown(string domain) =>
        new("dns.unknown", LetterHealth.Unknown, $"Nobody could be asked about {domain}", "The name system did not answer. Look again in a minute.");

    /// <summary>The domain to which letters come back: that is whose SPF is asked for.</summary>
    private string? Envelope(string fromEmail) => DomainNames.Of(returns.For(Guid.Empty, Guid.Empty) ?? fromEmail) is { Length: > 0 } domain ? domain : null;
}
