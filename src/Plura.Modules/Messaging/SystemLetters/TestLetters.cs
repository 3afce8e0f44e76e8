using Plura.Messaging.Contracts;
using Plura.Messaging.Data;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>Sends a letter to the person who writes it, as a contact would see it. Its links lead nowhere: a test must not unsubscribe anybody.</summary>
public sealed class TestLetters(PluraDb db, Planning planning, PublicLinks links, TimeProvider clock)
{
    public const string Kind = "test";

    public async Task<Result> Send(Letters letters, LetterContent content, Guid? contactId, Guid userId, CancellationToken ct)
    {
        if (letters.Check(content) is { } refusal)
            return refusal;
        var now = clock.GetUtcNow();
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (contactId is { } contact)
            facts["contact"] = contact.ToString();
        var occasion = Guid.CreateVersion7(now);
        var posted = PostedLetter.Of(new SystemLetter(Kind, userId, occasion, ToOperator: false, facts), now);
        db.PostedLetters.Add(posted);
        await db.SaveChangesAsync(ct);
        var written = await letters.Write(LetterSource.Test(content, links.PublicUrl), ct);
        if (written.Refusal is { } problem)
            return problem;
        await planning.PlanOne(new SendPlan("test", occasion, written.Value, RatePerMinute: null, now), contactId ?? userId, posted.PointId, ct);
        return Result.Done;
    }
}
