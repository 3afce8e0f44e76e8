using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Plura.Platform;

/// <summary>Saving where a unique index has the last word: of two who take the same in one moment, the second is told.</summary>
public static class UniqueSaves
{
    extension(PluraDb db)
    {
        /// <param name="index">The name of the unique index.</param>
        /// <param name="taken">What the second is told.</param>
        /// <param name="ct">Stops it.</param>
        public async Task<Refusal?> SaveUnless(string index, Refusal taken, CancellationToken ct)
        {
            try
            {
                await db.SaveChangesAsync(ct);
                return null;
            }
            catch (DbUpdateException error) when (error.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } twice && twice.ConstraintName == index)
            {
                return taken;
            }
        }
    }
}
