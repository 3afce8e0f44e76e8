using Microsoft.EntityFrameworkCore;
using Plura.Platform;

namespace Plura.Contacts.Data;

/// <summary>The module's sets, visible only to files that import this namespace.</summary>
public static class ContactsDb
{
    extension(PluraDb db)
    {
        public DbSet<Contact> Contacts => db.Set<Contact>();

        public DbSet<ContactPoint> ContactPoints => db.Set<ContactPoint>();

        public DbSet<Tag> Tags => db.Set<Tag>();

        public DbSet<ContactTag> ContactTags => db.Set<ContactTag>();

        public DbSet<CustomField> CustomFields => db.Set<CustomField>();

        public DbSet<SmartList> SmartLists => db.Set<SmartList>();

        public DbSet<BinnedContact> Bin => db.Set<BinnedContact>();

        public DbSet<ContactSettings> ContactSettings => db.Set<ContactSettings>();

        public DbSet<ContactChange> ContactChanges => db.Set<ContactChange>();
    }
}
