using Microsoft.EntityFrameworkCore;
using Plura.Messaging.Data;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>Looks at a domain's records, and plans the next look.</summary>
/// <param name="At">The moment it was planned for: of two chains of looks only one goes on.</param>
public sealed record LookAtSendingDomain(Guid Id, DateTimeOffset At) : IJob
{
    /// <summary>Whoever has just set a domain up waits for it.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromDays(2);

    /// <summary>The next look: in ten minutes where the domain was set up lately and is not found yet, else in an hour. The caller saves.</summary>
    internal static void Plan(PluraDb db, SendingDomain domain, DateTimeOffset now, bool atOnce = false)
    {
        var pause = atOnce ? TimeSpan.Zero : domain.ProvenAt is null && now - domain.AddedAt < Fresh ? TimeSpan.FromMinutes(10) : TimeSpan.FromHours(1);
        // To the second: PostgreSQL keeps less of a moment than the clock tells.
        var at = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)) + pause;
        domain.Next(at);
        db.Enqueue(new LookAtSendingDomain(domain.Id, at), at);
    }
}

[Work("Looking at the records of a domain for mail")]
public sealed class LookAtSendingDomainHandler(PluraDb db, DomainLook look, RenewDomainKeyHandler renewal, INotices notices, IAudit audit, TimeProvider clock) : IJobHandler<LookAtSendingDomain>, IKnowsItsEnd<LookAtSendingDomain>
{
    public const string Notice = "sending_domain";

    /// <summary>A key is renewed before it is a year old.</summary>
    private static readonly TimeSpan Old = TimeSpan.FromDays(330);

    public async Task Run(LookAtSendingDomain job, CancellationToken ct)
    {
        if (!await db.SendingDomains.AnyAsync(d => d.Id == job.Id && d.DeletedAt == null && d.LookAt == job.At, ct))
            return;
        // A name system that is out of reach changes nothing: the next look asks again.
        await look.Look(job.Id, Tell, ct);
        if (await db.SendingDomains.SingleOrDefaultAsync(d => d.Id == job.Id && d.DeletedAt == null, ct) is not { } domain)
            return;
        await Renew(domain, ct);
        LookAtSendingDomain.Plan(db, domain, clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Whatever went wrong: the looks go on.</summary>
    public async Task GaveUp(LookAtSendingDomain job, string why, CancellationToken ct)
    {
        if (await db.SendingDomains.SingleOrDefaultAsync(d => d.Id == job.Id && d.DeletedAt == null && d.LookAt == job.At, ct) is { } domain)
            LookAtSendingDomain.Plan(db, domain, clock.GetUtcNow());
    }

    public Task Again(LookAtSendingDomain job, CancellationToken ct) => Task.CompletedTask;

    private void Tell(SendingDomain domain, DomainLooked looked)
    {
        if (looked.News)
        {
            audit.Note(looked.Proven ? "messaging.sending_domain_found" : "messaging.sending_domain_lost", domain.Id);
            Post(domain, looked.Proven ? $"The record of {domain.Name} is there: your letters from it are signed with it now." : $"The record of {domain.Name} is gone: your letters from it are not signed with it any more, and may not arrive. Put it back.");
        }
        else if (looked.Renewed)
        {
            audit.Note("messaging.sending_domain_found", domain.Id);
            Post(domain, $"The new key of {domain.Name} is there and signs from now on. The old record can go in a week.");
        }
    }

    private async Task Renew(SendingDomain domain, CancellationToken ct)
    {
        var before = clock.GetUtcNow() - Old;
        if (await db.DomainKeys.AnyAsync(k => k.DomainId == domain.Id && k.RetiredAt == null && k.UsedAt != null && k.UsedAt < before, ct) && await renewal.Make(domain.Id, ct))
            Post(domain, $"The key of {domain.Name} is nearly a year old, and a new one is ready. Add its record: until it is found the old key signs on.");
    }

    private void Post(SendingDomain domain, string text) => notices.Post(Notice, text, $"settings/sending-domains/{domain.Id}");
}
