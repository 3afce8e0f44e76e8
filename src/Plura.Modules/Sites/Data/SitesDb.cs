using Microsoft.EntityFrameworkCore;
using Plura.Platform;

namespace Plura.Sites.Data;

public static class SitesDb
{
    extension(PluraDb db)
    {
        public DbSet<Form> Forms => db.Set<Form>();

        public DbSet<PublicForm> PublicForms => db.Set<PublicForm>();

        public DbSet<FormSubmission> FormSubmissions => db.Set<FormSubmission>();

        public DbSet<VisitorMessage> VisitorMessages => db.Set<VisitorMessage>();

        public async Task<Result<Form>> FindForm(Guid id, CancellationToken ct) =>
            await db.Set<Form>().FirstOrDefaultAsync(f => f.Id == id, ct) is { } found
                ? found
                : Refusal.NotFound("form.unknown", "There is no such form.");
    }
}
