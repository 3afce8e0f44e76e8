using Microsoft.EntityFrameworkCore;
using Plura.Conversations.Contracts;
using Plura.Platform;
using Plura.Sites.Data;

namespace Plura.Sites;

/// <summary>What somebody wrote to those who run the installation becomes a conversation in their own account, where it is answered like everything else.</summary>
/// <param name="MessageId">The kept words.</param>
public sealed record TakeMessageIn(Guid MessageId) : IJob;

[Work("Putting a message of the contact page into the inbox")]
public sealed class TakeMessageInHandler(PluraDb db, IWriteIn inbox) : IJobHandler<TakeMessageIn>
{
    public async Task Run(TakeMessageIn job, CancellationToken ct)
    {
        if (await db.VisitorMessages.AsNoTracking().FirstOrDefaultAsync(m => m.Id == job.MessageId, ct) is not { } written)
            return;
        var put = await inbox.Put(new WrittenIn($"contact-page:{written.Id}", written.Name, written.Email, "Message to us", written.Message, "Contact page"), ct);
        // An address that no contact can have: the letter to the operator has brought the words all the same.
        if (put.Refusal is { Kind: not RefusalKind.Invalid } refused)
            throw new InvalidOperationException(refused.Code);
    }
}
