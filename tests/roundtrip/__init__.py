"""What tests of whole databases share: a catalog as values, and files that say everything of one."""
