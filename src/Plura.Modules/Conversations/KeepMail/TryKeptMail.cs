using Microsoft.EntityFrameworkCore;
using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Whoever runs the installation has a mail read again that was not understood: the account is there now, or the program has learned.</summary>
public sealed record TryKeptMail(Guid Id);

public sealed class TryKeptMailHandler(PluraDb db, KeptMails kept, UnderstandMail understand, IAudit audit)
{
    public async Task<Result> Handle(TryKeptMail command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await db.KeptMails.SingleOrDefaultAsync(m => m.Id == command.Id, ct) is not { } mail)
            return KeptMailRefusals.Missing;
        audit.Note("operator.try_mail", command.Id);
        if (await kept.Open(mail, ct) is not { } source)
        {
            db.KeptMails.Remove(mail);
            await db.SaveChangesAsync(ct);
            return Refusal.Conflict("kept_mail.sealed", "The key that it was kept under is gone: nobody can read it any more. It was deleted.");
        }

        var understood = await understand.Read(source, ct);
        if (understood.Answer.Refusal is { } still)
            mail.Tried(still.Code);
        else
            db.KeptMails.Remove(mail);
        await db.SaveChangesAsync(ct);
        return understood.Answer.Refusal is { } why ? Refusal.Conflict("kept_mail.not_understood", $"It is still not understood. {KeptMailWords.Why(why.Code)}") : Result.Done;
    }
}

internal static class KeptMailRefusals
{
    public static Refusal Missing => Refusal.NotFound("kept_mail.missing", "This mail is not here any more: it was understood or deleted, or its thirty days are over.");
}
