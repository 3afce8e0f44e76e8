using Microsoft.EntityFrameworkCore;
using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Whoever runs the installation throws away a mail that was not understood.</summary>
public sealed record DeleteKeptMail(Guid Id);

public sealed class DeleteKeptMailHandler(PluraDb db, IAudit audit)
{
    public async Task<Result> Handle(DeleteKeptMail command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await db.KeptMails.SingleOrDefaultAsync(m => m.Id == command.Id, ct) is not { } mail)
            return KeptMailRefusals.Missing;
        db.KeptMails.Remove(mail);
        audit.Note("operator.delete_mail", command.Id);
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}
