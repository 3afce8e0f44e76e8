using Microsoft.EntityFrameworkCore;
using Plura.Platform;

namespace Plura.Messaging.Data;

public static class LetterDb
{
    extension(PluraDb db)
    {
        public DbSet<ContentLink> ContentLinks => db.Set<ContentLink>();

        public DbSet<PostedLetter> PostedLetters => db.Set<PostedLetter>();
    }
}
