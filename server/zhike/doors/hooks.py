"""What a merge of customers does with the records of this room."""

from zhike.customers import relations
from zhike.customers.relations import Relation, Way
from zhike.doors.models import ImportRow

# A row tells what the import did to the customer it met; an undo of the import takes that back
# from the same one, merged or not.
relations.knows(Relation(ImportRow, "customer_id", Way.REST))
